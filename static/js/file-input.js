// Lists the files chosen in a field with their sizes, lets one be removed, and adds to the choice instead of replacing it.

function size(bytes) {
  const write = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return bytes < 1e6 ? `${write.format(Math.ceil(bytes / 1000))}\u00a0kB` : `${write.format(bytes / 1e6)}\u00a0MB`;
}

document.querySelectorAll("[data-files]").forEach((box) => {
  const input = box.querySelector('input[type="file"]');
  const list = box.querySelector("[data-files-list]");
  let kept = [];

  function put() {
    const carrier = new DataTransfer();
    kept.forEach((file) => carrier.items.add(file));
    input.files = carrier.files;
    list.hidden = !kept.length;
    list.replaceChildren(...kept.map(row));
  }

  function row(file) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const length = document.createElement("span");
    const button = document.createElement("button");
    name.className = "file-name";
    name.textContent = file.name;
    length.className = "secondary";
    length.textContent = size(file.size);
    button.type = "button";
    button.className = "btn btn-outline-primary";
    button.textContent = box.dataset.remove;
    button.setAttribute("aria-label", `${box.dataset.remove} ${file.name}`);
    button.addEventListener("click", () => {
      kept = kept.filter((other) => other !== file);
      put();
      input.focus();
    });
    item.append(name, length, button);
    return item;
  }

  input.addEventListener("change", () => {
    const chosen = [...input.files];
    const known = input.multiple ? kept : [];
    const isNew = (file) => !known.some((other) => other.name === file.name && other.size === file.size);
    kept = [...known, ...chosen.filter(isNew)];
    put();
  });
});
