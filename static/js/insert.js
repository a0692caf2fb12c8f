// Puts a prepared text, or a passage of what came in, where the cursor stands in the answer box; without
// JavaScript the button sends the form, and the text is put at the end.

function boxOf(button) {
  const kind = button.dataset.insertInto;
  const form = kind ? document.querySelector(`form[data-draft$="/draft/${kind}/"]`) : button.form;
  return form?.elements.text;
}

function insert(box, words, at) {
  const fold = box.closest("details");
  if (fold) fold.open = true;
  const before = box.value.slice(0, at[0]).replace(/\s+$/, "");
  const after = box.value.slice(at[1]).replace(/^\s+/, "");
  const upTo = `${before && "\n\n"}${words}`;
  box.setRangeText(`${upTo}${after && "\n\n"}`, before.length, box.value.length - after.length);
  box.setSelectionRange(before.length + upTo.length, before.length + upTo.length);
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  const box = button && boxOf(button);
  if (!box) return;
  event.preventDefault();
  insert(box, button.dataset.insert, button.dataset.insertAt === "end" ? [box.value.length, box.value.length] : [box.selectionStart, box.selectionEnd]);
});

// What was selected in the entry, or else all of it, goes into the text that is open.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-quote]");
  const open = document.querySelector('details[name="words"][open] form[data-draft]') || button?.form;
  if (!button || !open) return;
  event.preventDefault();
  const said = button.closest("li").querySelector("[data-said]");
  const picked = window.getSelection();
  const passage = picked.containsNode(said, true) && said.contains(picked.anchorNode) ? picked.toString().trim() : "";
  const box = open.elements.text;
  insert(box, `${(passage || said.innerText.trim()).replace(/^/gm, "> ")}\n\n`, [box.selectionStart, box.selectionEnd]);
});

// Pressing the button leaves the selection as it is.
document.addEventListener("mousedown", (event) => event.target.closest("[data-quote]") && event.preventDefault());

// Between greeting and signature, where one begins to write.
function toTheGap(box) {
  const gap = box.value.indexOf("\n\n\n\n");
  if (gap >= 0) box.setSelectionRange(gap + 2, gap + 2);
}

document.querySelectorAll("form[data-draft] textarea[name=text]").forEach(toTheGap);
document.addEventListener("htmx:load", (event) => event.target.querySelectorAll("form[data-draft] textarea[name=text]").forEach(toTheGap));
