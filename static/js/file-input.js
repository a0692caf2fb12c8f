// Lists the files chosen in a field with their sizes, lets one be removed, and adds to the choice instead of replacing it.

function size(bytes) {
  const write = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return bytes < 1e6 ? `${write.format(Math.ceil(bytes / 1000))}\u00a0kB` : `${write.format(bytes / 1e6)}\u00a0MB`;
}

function list(box) {
  const input = box.querySelector('input[type="file"]');
  const rows = box.querySelector("[data-files-list]");
  let kept = [];

  function put() {
    const carrier = new DataTransfer();
    kept.forEach((file) => carrier.items.add(file));
    input.files = carrier.files;
    rows.hidden = !kept.length;
    rows.replaceChildren(...kept.map(row));
  }

  function button(name, remove) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-outline-primary";
    made.textContent = box.dataset.remove;
    made.setAttribute("aria-label", `${box.dataset.remove} ${name}`);
    made.addEventListener("click", remove);
    return made;
  }

  function row(file) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const length = document.createElement("span");
    name.className = "file-name";
    name.textContent = file.name;
    length.className = "secondary";
    length.textContent = size(file.size);
    const remove = button(file.name, () => {
      kept = kept.filter((other) => other !== file);
      put();
      input.focus();
    });
    item.append(name, length, remove);
    return item;
  }

  // A box to tick becomes a button like those of the files chosen now.
  box.querySelectorAll("[data-files-waiting] li").forEach((item) => {
    const label = item.querySelector("label");
    label.hidden = true;
    const remove = button(item.querySelector(".file-name").textContent, () => {
      label.control.checked = true;
      item.hidden = true;
      input.focus();
    });
    item.append(remove);
  });

  input.addEventListener("change", () => {
    const chosen = [...input.files];
    const known = input.multiple ? kept : [];
    const isNew = (file) => !known.some((other) => other.name === file.name && other.size === file.size);
    kept = [...known, ...chosen.filter(isNew)];
    put();
  });
}

document.querySelectorAll("[data-files]").forEach(list);
// Forms that are drawn when they are opened.
document.addEventListener("htmx:load", ({ target }) => {
  if (target !== document.body) target.querySelectorAll("[data-files]").forEach(list);
});
