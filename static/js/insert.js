// Puts a prepared text where the cursor stands in the answer box; without JavaScript the button
// sends the form, and the text is put at the end.

function boxOf(button) {
  const kind = button.dataset.insertInto;
  const form = kind ? document.querySelector(`form[data-draft$="/draft/${kind}/"]`) : button.form;
  return form?.elements.text;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  const box = button && boxOf(button);
  if (!box) return;
  event.preventDefault();
  const fold = box.closest("details");
  if (fold) fold.open = true;
  const at = button.dataset.insertAt === "end" ? [box.value.length, box.value.length] : [box.selectionStart, box.selectionEnd];
  const before = box.value.slice(0, at[0]).replace(/\s+$/, "");
  const after = box.value.slice(at[1]).replace(/^\s+/, "");
  const text = `${before && "\n\n"}${button.dataset.insert}${after && "\n\n"}`;
  box.setRangeText(text, before.length, box.value.length - after.length, "end");
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
});
