// An answer as a drawing by Vega-Lite, in place of the one that the server made: drawn again at each choice, which the
// address keeps. Expressions are interpreted, not compiled: the site's Content-Security-Policy allows no eval.
import { Error as ERRORS, logger, parse, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";

const MARKS = { bar: "bar", line: { type: "line", point: true }, point: { type: "point", filled: true, size: 70 } };
const COLOURS = ["#12436D", "#801650", "#A8490B", "#1E7A72", "#3D3D3D", "#6F4FA8"];
const NUMBERS = /#(integer|decimal|double|float|int|long|short|nonNegativeInteger|positiveInteger)$/;
const DAYS = /#(date|dateTime|gYear|gYearMonth)$/;
const MOST = 5000;

function readRows(answer) {
  const names = answer.head.vars;
  const kinds = {};
  for (const name of names) {
    const terms = answer.results.bindings.map((row) => row[name]).filter(Boolean);
    const all = (pattern) => terms.length > 0 && terms.every((term) => pattern.test(term.datatype || ""));
    const isYear = all(NUMBERS) && terms.every((term) => /^(1[89]|2[01])\d\d$/.test(term.value));
    kinds[name] = all(DAYS) ? "temporal" : isYear ? "ordinal" : all(NUMBERS) ? "quantitative" : "nominal";
  }
  const shorten = (text) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
  const rows = answer.results.bindings.slice(0, MOST).map((row) => {
    const read = (name) => {
      if (!row[name]) return null;
      if (kinds[name] === "quantitative") return Number(row[name].value);
      if (kinds[name] === "temporal") return new Date(row[name].value).getTime();
      return shorten(row[name].type === "uri" ? row[name].value.replace(/^.*[/#](?=.)/, "") : row[name].value);
    };
    return Object.fromEntries(names.map((name, index) => [`c${index}`, read(name)]));
  });
  return { names, kinds, rows, all: answer.results.bindings.length };
}

function specify({ names, kinds, rows }, chosen, called, width) {
  // fields are named by their place: a variable's name may hold what Vega takes for a path
  const field = (name) => ({ field: `c${names.indexOf(name)}`, title: called[name] });
  const isCategory = kinds[chosen.x] === "nominal";
  const along = { ...field(chosen.x), type: kinds[chosen.x], sort: null };
  const figures = { ...field(chosen.y), type: "quantitative" };
  if (isCategory) along.axis = { labelLimit: Math.min(260, width / 3) };
  if (kinds[chosen.x] === "temporal") delete along.sort;
  const encoding = isCategory ? { y: along, x: figures } : { x: along, y: figures };
  if (chosen.colour) {
    const legend = width < 500 ? { orient: "bottom", columns: 1 } : {};
    encoding.color = { ...field(chosen.colour), type: kinds[chosen.colour] === "quantitative" ? "quantitative" : "nominal", legend };
    if (encoding.color.type === "nominal") {
      encoding.color.scale = { range: COLOURS };
      encoding.shape = chosen.chart === "bar" ? undefined : { ...encoding.color, scale: undefined };
    }
  }
  return {
    data: { values: rows },
    mark: MARKS[chosen.chart] || "bar",
    encoding,
    width: Math.max(200, width - 40),
    autosize: { type: "fit-x", contains: "padding" },
    config: { font: "system-ui, sans-serif", mark: { color: COLOURS[0] }, axis: { labelFontSize: 13, titleFontSize: 13 }, legend: { labelFontSize: 13 } },
  };
}

export async function explore(form) {
  const place = form.parentElement.querySelector("#drawing");
  // a query that no address can hold is posted, as the form itself would be
  const isPosted = form.method === "post";
  const posted = isPosted ? { method: "POST", body: new URLSearchParams({ query: form.elements.query.value }) } : {};
  const response = await fetch(form.dataset.rows, { headers: { Accept: "application/sparql-results+json" }, ...posted });
  if (!response.ok) {
    place.textContent = "The rows could not be had just now. The drawing of the server is as good.";
    return;
  }
  const answer = readRows(await response.json());
  const called = Object.fromEntries([...form.elements.x.options].map((option) => [option.value, option.text]));
  let shown = null;
  const draw = async () => {
    const chosen = Object.fromEntries(["chart", "x", "y", "colour"].map((name) => [name, form.elements[name].value]));
    const figure = document.createElement("figure");
    const caption = document.createElement("figcaption");
    const left = answer.all - answer.rows.length;
    caption.textContent = `${called[chosen.y]} by ${called[chosen.x]}${left > 0 ? `; the first ${MOST} rows` : ""}`;
    const canvas = document.createElement("div");
    canvas.className = "app-scroll";
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "region");
    canvas.setAttribute("aria-label", `Chart: ${caption.textContent}. The table says the same.`);
    figure.className = "app-vega";
    figure.append(caption, canvas);
    place.replaceChildren(figure);
    shown?.finalize();
    const specification = specify(answer, chosen, called, Math.min(place.clientWidth, 1000));
    const runtime = parse(compile(specification, { logger: logger(ERRORS) }).spec, undefined, { ast: true });
    shown = new View(runtime, { expr: expressionInterpreter, renderer: "svg", container: canvas, hover: false });
    shown.description(caption.textContent);
    await shown.runAsync();
    if (isPosted) return;
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(chosen)) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(history.state, "", address);
  };
  form.addEventListener("change", draw);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    draw();
  });
  await draw();
}
