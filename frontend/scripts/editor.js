// The page for any query, with a script: the text field becomes an editor, and an answer takes the place of the one
// before it, so that the cursor and what can be undone stay. All that is shown is made by the server.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history as undoing, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { Offers } from "./completion.js";

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "#12395b", fontWeight: "bold" },
  { tag: tags.variableName, color: "#801650" },
  { tag: [tags.string, tags.url], color: "#005a30" },
  { tag: [tags.number, tags.integer, tags.float, tags.bool], color: "#7a3c00" },
  { tag: [tags.namespace, tags.typeName], color: "#1d5299" },
  { tag: tags.comment, color: "#505a5f", fontStyle: "italic" },
]);

const form = document.getElementById("ask");
const field = document.getElementById("query");
const button = document.getElementById("run");
const told = document.getElementById("told");
let running = null;

let offers = null;

async function fetchOffers() {
  offers ??= fetch(form.dataset.words).then(async (response) => new Offers(await response.json()));
  try {
    return await offers;
  } catch {
    offers = null; // so that it is tried again
    return null;
  }
}

const offer = async (context) => (await fetchOffers())?.offer(context) ?? null;

// What is typed over a selection is put in by the editor: Chromium would write the style of what was there before into
// the page, which the Content-Security-Policy refuses.
function typeOver(event, view) {
  const { main } = view.state.selection;
  if (event.inputType !== "insertText" || main.empty || !event.data || view.composing) return false;
  const insert = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handle) => handle(view, main.from, main.to, event.data, insert))) view.dispatch(insert());
  return true;
}

const run = () => (form.requestSubmit(button), true);
const view = new EditorView({
  state: EditorState.create({
    doc: field.value,
    extensions: [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run }])),
      lineNumbers(), highlightSpecialChars(), undoing(), drawSelection(), highlightActiveLine(), highlightSelectionMatches(),
      indentOnInput(), indentUnit.of("  "), bracketMatching(), closeBrackets(),
      sparql(), syntaxHighlighting(COLOURS), EditorView.lineWrapping,
      autocompletion({ override: [offer], icons: false, maxRenderedOptions: 60 }),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
      EditorView.domEventHandlers({ beforeinput: typeOver, focus: () => void fetchOffers() }),
      EditorView.editorAttributes.of({ class: "app-codemirror" }),
      EditorView.contentAttributes.of({ id: "query-editor", tabindex: "0", "aria-labelledby": "query-label", "aria-describedby": "query-hint query-trouble", spellcheck: "false" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) field.value = update.state.doc.toString();
      }),
    ],
  }),
});
field.after(view.dom);
field.hidden = true;
document.querySelectorAll(".app-with-script").forEach((each) => (each.hidden = false));
document.getElementById("query-label").addEventListener("click", () => view.focus());
document.addEventListener("click", (event) => {
  if (event.target.closest?.('a[href="#query"]')) {
    event.preventDefault();
    view.focus();
  }
});

function markTrouble() {
  const summary = document.querySelector("#trouble [data-line]");
  const diagnostics = [];
  if (summary) {
    const line = view.state.doc.line(Math.min(Number(summary.dataset.line), view.state.doc.lines));
    // columns count signs, an editor counts units of UTF-16
    const before = [...line.text].slice(0, Number(summary.dataset.column) - 1).join("").length;
    const from = Math.min(line.from + before, line.to);
    const length = /^\S+/.exec(line.text.slice(before))?.[0].length || 0;
    diagnostics.push({ from, to: from + length, severity: "error", message: summary.dataset.message });
    view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
  }
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const id of ["trouble", "query-trouble", "answer"]) document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
  document.title = page.title;
  document.dispatchEvent(new CustomEvent("app:shown"));
  markTrouble();
  const summary = document.querySelector("#trouble .govuk-error-summary");
  document.querySelector(".app-editor").classList.toggle("govuk-form-group--error", Boolean(summary?.dataset.line));
  // who runs a query from within the editor goes on writing there: the message is beside it too, and is read out
  if (summary && !view.hasFocus) summary.focus();
  else if (summary) document.getElementById("query-trouble").scrollIntoView({ block: "nearest" });
  told.textContent = summary ? "" : document.getElementById("answer-summary")?.textContent || "";
}

// What an address cannot hold is posted, and kept in the history beside the address of the empty page.
function request(query, signal) {
  const posted = query === undefined ? {} : { method: "POST", body: new URLSearchParams({ query }) };
  return { headers: { Accept: "text/html" }, signal, ...posted };
}

function locate(query) {
  const address = new URL(form.action);
  address.searchParams.set("query", query);
  return address.href.length <= Number(form.dataset.longest) ? address.href : null;
}

async function fetchPage(address, query) {
  running?.abort();
  const mine = (running = new AbortController());
  button.textContent = "Stop";
  told.textContent = "Asking.";
  document.getElementById("answer").setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, request(query, mine.signal));
    const text = await response.text();
    if (text.includes('id="answer"')) show(text);
    else told.textContent = "";
    return text.includes('id="answer"');
  } catch (error) {
    told.textContent = error.name === "AbortError" ? "Stopped." : "The service does not answer. Try again.";
    return false;
  } finally {
    if (running === mine) {
      running = null;
      button.textContent = "Ask";
      document.getElementById("answer").removeAttribute("aria-busy");
    }
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (running) return running.abort();
  const query = field.value;
  const address = locate(query);
  if (address === null) {
    if (history.state?.query !== query) history.pushState({ query }, "", form.action);
    if (!(await fetchPage(form.action, query)) && told.textContent === "") form.submit();
    return;
  }
  if (address !== location.href) history.pushState(null, "", address);
  if (!(await fetchPage(address)) && told.textContent === "") location.assign(address);
});

async function restore() {
  const response = await fetch(location.href, request(history.state?.query));
  const text = await response.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const query = page.getElementById("query")?.value;
  if (query === undefined) return location.reload();
  if (query !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: query } });
  show(text);
}

window.addEventListener("popstate", () => {
  if (!location.hash || location.search) restore();
});

if (history.state?.query !== undefined) restore(); // the page is loaded again
else markTrouble();
