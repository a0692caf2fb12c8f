// Words that are selected in a text, by mouse or by keys, become a remark; without JavaScript a link under each
// passage opens its form.

const text = document.querySelector("[data-remarks]");
const form = document.querySelector("[data-remark-form]");
// As much of what stands before the words as tells two of the same apart.
const BEFORE = 80;

const inLine = (words) => words.replace(/\s+/g, " ").trim();

function open(passage, quote = "", prefix = "") {
  passage.querySelector(".passage-doing").append(form);
  form.hidden = false;
  form.elements.block.value = passage.dataset.passage;
  form.elements.quote.value = quote;
  form.elements.prefix.value = prefix;
  const about = form.querySelector("[data-about]");
  about.textContent = form.dataset.whole;
  if (quote) {
    const said = document.createElement("q");
    said.lang = "cs";
    said.textContent = quote;
    about.replaceChildren(said);
  }
  form.elements.text.focus();
}

// The selected words of one passage, or nothing; a selection that goes on into the next one ends with the first.
function selected() {
  const picked = window.getSelection();
  if (!picked.rangeCount || picked.isCollapsed) return null;
  const range = picked.getRangeAt(0).cloneRange();
  const start = range.startContainer;
  const words = (start.nodeType === Node.ELEMENT_NODE ? start : start.parentElement)?.closest("[data-words]");
  if (!words || !text.contains(words)) return null;
  if (!words.contains(range.endContainer)) range.setEndAfter(words.lastChild);
  const quote = inLine(range.toString());
  if (!quote) return null;
  const before = document.createRange();
  before.setStart(words, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return { passage: words.closest("[data-passage]"), quote: quote.slice(0, 2000), prefix: inLine(before.toString()).slice(-BEFORE) };
}

const button = document.createElement("button");
button.type = "button";
button.className = "btn btn-primary remark-selected no-print";
button.hidden = true;
button.textContent = text?.dataset.selected || "";
text?.after(button);

if (text && form) {
  document.addEventListener("selectionchange", () => {
    // Who goes on to the button by keys keeps what is selected.
    if (document.activeElement !== button) button.hidden = !selected();
  });
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const found = selected();
    button.hidden = true;
    if (found) open(found.passage, found.quote, found.prefix);
  });
  text.addEventListener("click", (event) => {
    const link = event.target.closest("[data-remark]");
    if (!link) return;
    event.preventDefault();
    open(link.closest("[data-passage]"));
  });
}
