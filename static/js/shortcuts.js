// Ctrl+Enter (Cmd+Enter) in a form marked data-ctrl-enter presses its first sending button.

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("form[data-ctrl-enter]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector('button[type="submit"]:not([aria-disabled="true"]), input[type="submit"]'));
});
