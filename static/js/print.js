// Shows the buttons that print the page; without JavaScript the browser's own command does it.

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
