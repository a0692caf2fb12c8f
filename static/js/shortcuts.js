// Ctrl+Enter (Cmd+Enter) in a form marked data-ctrl-enter presses the button that sends it.

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("form[data-ctrl-enter]");
  if (!form) return;
  event.preventDefault();
  const first = 'button[type="submit"]:not([aria-disabled="true"]), input[type="submit"]';
  form.requestSubmit(form.querySelector('[name="send"]') || form.querySelector(first));
});
