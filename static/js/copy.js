// A button that copies the text beside it; without JavaScript the text can be selected by hand.

document.querySelectorAll("[data-copy]").forEach((box) => {
  const [input, button, said] = [box.querySelector("input"), box.querySelector("button"), box.querySelector("[role=status]")];
  button.hidden = false;
  button.addEventListener("click", async () => {
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
    } catch {
      document.execCommand("copy");
    }
    said.textContent = box.dataset.done;
  });
});
