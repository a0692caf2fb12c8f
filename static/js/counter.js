// Counts the letters of a long text under its field; says it aloud only near the end.

function follow(field) {
  const limit = Number(field.maxLength);
  const shown = document.createElement("p");
  const spoken = document.createElement("p");
  const write = new Intl.NumberFormat(document.documentElement.lang);
  shown.className = "counter";
  shown.setAttribute("aria-hidden", "true");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  field.after(shown, spoken);

  function count() {
    const words = `${write.format(field.value.length)} / ${write.format(limit)}`;
    shown.textContent = words;
    spoken.textContent = limit - field.value.length < limit / 10 ? words : "";
  }

  field.addEventListener("input", count);
  count();
}

const LONG = "[data-counter][maxlength]";
document.querySelectorAll(LONG).forEach(follow);
// Forms that are drawn when they are opened.
document.addEventListener("htmx:load", ({ target }) => {
  if (target !== document.body) target.querySelectorAll(LONG).forEach(follow);
});
