// What the editor offers. In: the words of the data (words.json), the place of the cursor. Out: names to choose from,
// those that find something there first. A word is looked for in a name and in what it is called.
import { insertCompletionText, startCompletion } from "@codemirror/autocomplete";
import { readContext } from "./context.js";

const KEYWORDS = ["SELECT", "DISTINCT", "WHERE", "OPTIONAL", "FILTER", "VALUES", "BIND", "UNION", "MINUS", "GRAPH", "EXISTS", "NOT EXISTS", "GROUP BY", "ORDER BY", "DESC", "HAVING", "LIMIT", "OFFSET", "ASK", "CONSTRUCT", "DESCRIBE", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT", "CONTAINS", "LCASE", "REGEX", "BOUND", "STR", "YEAR", "IF", "COALESCE"];
const MOST = 60;

function rate(word, ...texts) {
  if (!word) return 1;
  const wanted = word.toLowerCase();
  let best = 0;
  for (const text of texts) {
    const found = (text || "").toLowerCase();
    const local = found.replace(/^[^:]*:/, "");
    if (found.startsWith(wanted) || local.startsWith(wanted)) best = Math.max(best, 4);
    else if (found.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(wanted))) best = Math.max(best, 3);
    else if (wanted.length > 2 && found.includes(wanted)) best = Math.max(best, 2);
  }
  return best;
}

function declare(prefix, space) {
  return (view, completion, from, to) => {
    const insert = `PREFIX ${prefix}: <${space}>\n`;
    view.dispatch({
      changes: [{ from: 0, insert }, { from, to, insert: `${prefix}:` }],
      selection: { anchor: from + insert.length + prefix.length + 1 },
      userEvent: "input.complete",
    });
  };
}

// A prefix is followed by a name: those that there are are offered at once.
function goOn(view, completion, from, to) {
  view.dispatch(insertCompletionText(view.state, completion.label, from, to));
  startCompletion(view);
}

export class Offers {
  constructor(words) {
    this.words = words;
    const named = (list) => new Map(list.map((each) => [each.name, each]));
    this.things = named(words.things);
    this.properties = named(words.properties);
  }

  offer = (context) => {
    const variable = context.matchBefore(/[?$]\w*/);
    const found = variable || context.matchBefore(/[\w:.-]+/) || { from: context.pos, text: "" };
    const place = readContext(context.state.doc.toString(), found.from);
    if (place.expects === "string" || context.matchBefore(/#[^\n]*/)) return null;
    if (!found.text && !context.explicit) return null;
    const options = variable ? this.#variables(place, found.text) : this.#choose(place, found.text);
    if (!options.length) return null;
    options.sort((one, other) => other.rank - one.rank);
    const shown = options.slice(0, MOST).map(({ rank, ...option }, index) => ({ ...option, boost: 99 - index }));
    return { from: found.from, options: shown, filter: false };
  };

  #variables(place, word) {
    return place.variables
      .filter((name) => name !== word && name.slice(1).toLowerCase().startsWith(word.slice(1).toLowerCase()))
      .map((label) => ({ label, type: "variable", rank: 1 }));
  }

  #choose(place, word) {
    const options = this.#prefixes(place, word);
    const isProperty = place.expects === "predicate";
    const isClass = place.expects === "object" && (place.predicate === "a" || place.predicate === "rdf:type");
    if (isProperty) options.push(...this.#properties(place, word));
    else if (isClass) options.push(...this.#terms(this.words.classes, "class", word));
    else if (place.expects !== "none") options.push(...this.#things(place, word));
    if (place.expects === "expression") {
      options.push(...this.#terms(this.words.classes, "class", word, 0.5), ...this.#terms(this.words.properties, "property", word, 0.4));
    }
    if (!isProperty && !isClass && place.expects !== "value") {
      for (const label of KEYWORDS) if (word && label.toLowerCase().startsWith(word.toLowerCase())) options.push({ label, type: "keyword", rank: 4.9 });
      if (!word) options.push(...this.#variables(place, "?"));
    }
    return options;
  }

  #prefixes(place, word) {
    if (!word || word.includes(":")) return [];
    const wanted = word.toLowerCase();
    const known = Object.entries(this.words.prefixes).filter(([name]) => name.startsWith(wanted));
    const others = Object.entries(this.words.others).filter(([name]) => name.startsWith(wanted));
    const rank = (name) => (name === wanted ? 6 : 4.7);
    return [
      ...known.map(([name, space]) => ({ label: `${name}:`, type: "namespace", detail: "prefix, known already", info: space, apply: goOn, rank: rank(name) })),
      ...others.map(([name, space]) =>
        place.declared.has(name)
          ? { label: `${name}:`, type: "namespace", detail: "prefix, declared above", info: space, rank: rank(name) }
          : { label: `${name}:`, type: "namespace", detail: "prefix, will be declared at the top", info: space, apply: declare(name, space), rank: rank(name) },
      ),
    ];
  }

  #properties(place, word) {
    const classes = place.types.filter((name) => this.words.of[name]);
    const fitting = new Map();
    for (const name of classes) {
      for (const [property, uses] of Object.entries(this.words.of[name])) fitting.set(property, Math.max(uses, fitting.get(property) || 0));
    }
    const known = this.words.properties.filter((each) => each.name !== "rdf:type" || !classes.length);
    const options = known.map((each) => {
      const rating = rate(word, each.name, each.label);
      const uses = fitting.get(each.name);
      const detail = uses ? `${uses.toLocaleString("en-GB")} ${classes.map((name) => name.replace(/^.*:/, "")).join(", ")}` : `${each.uses.toLocaleString("en-GB")} uses`;
      return { label: each.name, type: "property", detail, info: this.#explain(each), rank: rating && rating + (uses ? 10 : 0) + (each.label ? 0.5 : 0) + Math.log10(1 + (uses || each.uses)) / 10 };
    });
    if (rate(word, "a") === 4) options.push({ label: "a", type: "keyword", detail: "is of the class", rank: word ? 3 : 20 });
    return options.filter((each) => each.rank > 0);
  }

  #terms(list, type, word, less = 1) {
    return list
      .map((each) => ({ label: each.name, type, detail: each.uses.toLocaleString("en-GB"), info: this.#explain(each), rank: rate(word, each.name, each.label) && less * (rate(word, each.name, each.label) + Math.log10(1 + each.uses) / 10) }))
      .filter((each) => each.rank > 0);
  }

  #things(place, word) {
    const usual = new Set(this.words.values[place.predicate] || []);
    if (!word && !usual.size) return [];
    return this.words.things
      .map((each) => {
        const rating = rate(word, each.name, each.label, each.code);
        return { label: each.name, type: "constant", detail: each.label === each.name ? "" : each.label, rank: rating && rating + (usual.has(each.name) ? 10 : 0) };
      })
      .filter((each) => each.rank > 0 && (word || usual.has(each.label)));
  }

  #explain({ label, means }) {
    return [label, means].filter(Boolean).join(": ") || undefined;
  }
}
