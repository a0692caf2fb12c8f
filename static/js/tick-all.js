// A checkbox that ticks all of its kind on the page; without JavaScript it stays hidden.

document.querySelectorAll("[data-tick-all]").forEach((place) => {
  const all = place.querySelector("input");
  const boxes = [...document.querySelectorAll(`input[type="checkbox"][name="${place.dataset.tickAll}"]`)];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
  boxes.forEach((box) => box.addEventListener("change", show));
  // A browser that comes back to the page ticks again what was ticked, after this has run.
  window.addEventListener("pageshow", show);
  show();
  place.hidden = false;
});
