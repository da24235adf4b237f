// What a script adds to an answer: its address to copy, or its query where no address can hold that, and a drawing that changes as one chooses (charts.js, which is
// fetched when it is asked for).

function addButton(text, action) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  button.textContent = text;
  button.addEventListener("click", () => action(button));
  return button;
}

const copy = (text, done, else_) => async (button) => {
  const told = button.nextElementSibling;
  try {
    await navigator.clipboard.writeText(text());
    told.textContent = done;
  } catch {
    told.textContent = else_;
  }
};

function offerLink(line) {
  if (line.dataset.ready) return;
  line.dataset.ready = "yes";
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  told.className = "app-told";
  const holder = document.createElement("p");
  holder.className = "app-share";
  const query = line.elements?.query;
  const button = query
    ? addButton("Copy the query", copy(() => query.value, "The query is copied.", "Copy the query from the editor."))
    : addButton("Copy link to this answer", copy(() => location.href, "The link is copied.", "Copy the link from the address bar."));
  holder.append(button, told);
  line.after(holder);
}

function offerExploring(form) {
  if (form.dataset.ready) return;
  form.dataset.ready = "yes";
  const explore = async (button) => {
    button.disabled = true;
    const { explore: begin } = await import(new URL(form.dataset.script, location.href));
    await begin(form);
    button.hidden = true;
  };
  form.append(addButton("Explore as a chart", explore));
}

function prepare() {
  document.querySelectorAll(".app-downloads").forEach(offerLink);
  document.querySelectorAll("form.app-choices").forEach(offerExploring);
}
prepare();
document.addEventListener("app:shown", prepare);
