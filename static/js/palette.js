// Ctrl+K (Cmd+K) opens the palette on every page of the desk; what is chosen there is gone to. Esc closes
// it, and the focus is back where it was.

const palette = document.getElementById("palette");
const words = document.getElementById("palette-words");

function open() {
  if (palette.open) return;
  words.value = "";
  words.dispatchEvent(new Event("input"));
  palette.showModal();
}

document.addEventListener("keydown", (event) => {
  const isOurs = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!isOurs || event.key.toLowerCase() !== "k") return;
  event.preventDefault();
  open();
});

document.querySelectorAll(".palette-link").forEach((link) =>
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  }),
);

palette.addEventListener("change", (event) => {
  if (event.target.type === "hidden") location.assign(event.target.value);
});
// Before the field hears it, which would only fold its offers.
palette.addEventListener("keydown", (event) => event.key === "Escape" && palette.close(), true);
palette.addEventListener("click", (event) => event.target === palette && palette.close());
