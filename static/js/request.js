// Opens the form that a link names, and folds the cards beside a conversation where there is no room for them.

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#write-"]');
  const box = link && document.querySelector(link.hash);
  if (!box) return;
  event.preventDefault();
  box.open = true;
  box.scrollIntoView({ block: "nearest" });
  (box.querySelector('[name="text"]') || box.querySelector("summary")).focus();
});

if (matchMedia("(max-width: 991.98px)").matches) {
  document.querySelectorAll(".case-card").forEach((card) => {
    const fold = document.createElement("details");
    const head = document.createElement("summary");
    head.append(card.querySelector("h2"));
    fold.append(head, ...card.childNodes);
    card.append(fold);
  });
}
