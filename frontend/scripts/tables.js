// Tables that can be sorted: any <table class="app-sortable"> with one row of headings. A heading becomes a button;
// rows are sorted by data-value of their cells, else by their words: numbers as numbers, all else as English does.
// Empty cells come last; rows that are alike stay in their order. Where the table has data-sort-field, the order is
// kept in that field of the address: "name" upwards, "-name" downwards, where the name of a column is its data-name, or
// its words.

const WORDS = new Intl.Collator("en-GB", { numeric: true });
const NUMBER = /^[+-]?(\d[\d,]*(\.\d*)?|\.\d+)([eE][+-]?\d+)?%?$/;

function readCell(row, index) {
  const cell = row.cells[index];
  if (!cell) return "";
  const part = cell.querySelector("a, span") || cell;
  return (cell.dataset.value ?? part.textContent).trim();
}

function compare(values) {
  const told = values.filter((value) => value !== "");
  if (told.length && told.every((value) => NUMBER.test(value))) {
    const read = (value) => Number(value.replace(/[,%]/g, ""));
    return (one, other) => read(one) - read(other);
  }
  return (one, other) => WORDS.compare(one, other);
}

function sort(table, index, falling) {
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [readCell(row, index), row]);
  const order = compare(rows.map(([value]) => value));
  const sign = falling ? -1 : 1;
  rows.sort(([one], [other]) => {
    if (one === "" || other === "") return (one === "") - (other === "");
    return sign * order(one, other);
  });
  body.append(...rows.map(([, row]) => row));
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, place) => {
    if (place === index) heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
    else heading.removeAttribute("aria-sort");
  });
  return headings[index].dataset.name;
}

function keep(table, name, falling) {
  const field = table.dataset.sortField;
  if (!field) return;
  const address = new URL(location.href);
  address.searchParams.set(field, (falling ? "-" : "") + name);
  history.replaceState(history.state, "", address);
}

function prepare(table) {
  if (table.dataset.sortable || !table.tHead || !table.tBodies[0]) return;
  table.dataset.sortable = "yes";
  const said = document.createElement("p");
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  (table.closest(".app-scroll") || table).after(said);
  [...table.tHead.rows[0].cells].forEach((heading, index) => {
    const called = (heading.firstChild?.textContent || "").trim();
    heading.dataset.name ??= called;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "app-sort";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const falling = heading.getAttribute("aria-sort") === "ascending";
      keep(table, sort(table, index, falling), falling);
      said.textContent = `Sorted by ${called}, ${falling ? "descending" : "ascending"}`;
    });
  });
  const wanted = table.dataset.sortField && new URLSearchParams(location.search).get(table.dataset.sortField);
  const index = wanted ? [...table.tHead.rows[0].cells].findIndex((each) => each.dataset.name === wanted.replace(/^-/, "")) : -1;
  if (index >= 0) sort(table, index, wanted.startsWith("-"));
}

const prepareAll = () => document.querySelectorAll("table.app-sortable").forEach(prepare);
prepareAll();
document.addEventListener("app:shown", prepareAll);
