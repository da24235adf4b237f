// Where in a query the cursor stands. In: the text, a place in it. Out: what is expected there, of what subject and
// property, and what the query says of its variables. Reads what is half written: nothing is refused.

const TOKEN = /(?<space>\s+|#[^\n]*)|(?<string>"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)|(?<iri><[^\s<>"{}|^`\\]*>)|(?<variable>[?$]\w+)|(?<name>[A-Za-z][\w.-]*?:[\w.%-]*|:[\w.%-]*|_:\w+)|(?<word>@?\w+)|(?<mark>\^\^|[^])/gy;
const BEGIN_GROUP = new Set(["FILTER", "BIND", "HAVING", "VALUES", "GRAPH", "SERVICE", "OPTIONAL", "UNION", "MINUS", "SELECT", "WHERE"]);

export function readTokens(text) {
  return [...text.matchAll(TOKEN)]
    .map((found) => ({ kind: Object.keys(found.groups).find((kind) => found.groups[kind] !== undefined), text: found[0], start: found.index }))
    .filter((token) => token.kind !== "space");
}

// A walk along the tokens: a stack of groups, each with what it expects next.
function walk(tokens, onTriple) {
  const stack = [{ expects: "none" }];
  let at = stack[0];
  const take = (term) => {
    if (at.expects === "subject") Object.assign(at, { subject: term, expects: "predicate" });
    else if (at.expects === "predicate") Object.assign(at, { predicate: term, expects: "object" });
    else if (at.expects === "object") {
      onTriple(at.subject, at.predicate, term);
      at.expects = "end";
    }
  };
  const open = (group) => stack.push((at = group));
  const close = () => {
    if (stack.length > 1) stack.pop();
    at = stack[stack.length - 1];
  };
  tokens.forEach((token, index) => {
    const word = token.kind === "word" ? token.text.toUpperCase() : "";
    if (token.text === "{") {
      const before = tokens[index - 1];
      const isValues = tokens[index - 2]?.text.toUpperCase() === "VALUES" && before?.kind === "variable";
      open(isValues ? { expects: "value", variable: before.text } : { expects: "subject" });
    } else if (token.text === "(") open({ expects: "expression" });
    else if (token.text === "[") {
      const blank = `[${token.start}`;
      take(blank);
      open({ expects: "predicate", subject: blank });
    } else if (token.text === "}" || token.text === ")" || token.text === "]") {
      const closed = token.text;
      close();
      if (closed === "}" && at.expects !== "none") at.expects = "subject";
    } else if (at.expects === "none" || at.expects === "expression" || at.expects === "value") return;
    else if (token.text === ".") at.expects = "subject";
    else if (token.text === ";") at.expects = "predicate";
    else if (token.text === ",") at.expects = "object";
    else if (token.text === "/" || token.text === "|") at.expects = "predicate";
    else if (BEGIN_GROUP.has(word)) at.expects = "subject";
    else if (["variable", "name", "iri", "string", "word"].includes(token.kind) && at.expects !== "end") take(token.text);
  });
  return at;
}

export function readContext(text, place) {
  const types = new Map();
  const linked = new Map();
  const tokens = readTokens(text);
  walk(tokens, (subject, predicate, object) => {
    if (predicate === "a" || predicate === "rdf:type") types.set(subject, [...(types.get(subject) || []), object]);
    else if (/^[?$]/.test(object)) linked.set(object, predicate);
  });
  const before = tokens.filter((token) => token.start < place);
  const at = walk(before, () => {});
  const inString = before.length > 0 && before[before.length - 1].kind === "string" && before[before.length - 1].start + before[before.length - 1].text.length >= place;
  const variables = [...new Set(tokens.filter((token) => token.kind === "variable").map((token) => token.text))];
  const declared = new Set();
  tokens.forEach((token, index) => {
    if (token.text.toUpperCase() === "PREFIX" && tokens[index + 1]?.kind === "name") declared.add(tokens[index + 1].text.split(":")[0]);
  });
  const predicate = at.expects === "value" ? linked.get(at.variable) : at.predicate;
  return { expects: inString ? "string" : at.expects, subject: at.subject, predicate, types: types.get(at.subject) || [], variables, declared };
}
