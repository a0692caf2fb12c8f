// Lets the items of a list marked data-reorder be dragged to another place. Each says where it is moved by a
// form, so the buttons "up" and "down" do the same by keys and without JavaScript.

document.querySelectorAll("[data-reorder]").forEach((list) => {
  const items = () => [...list.querySelectorAll(":scope > [data-reorder-item]")];
  let moved = null;
  let from = -1;

  items().forEach((item) => {
    const grip = document.createElement("span");
    grip.className = "reorder-grip";
    grip.draggable = true;
    grip.setAttribute("aria-hidden", "true");
    grip.title = list.dataset.lifted;
    item.prepend(grip);
    grip.addEventListener("dragstart", (event) => {
      [moved, from] = [item, items().indexOf(item)];
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setDragImage(item, 0, 0);
      item.dataset.moved = "";
    });
    grip.addEventListener("dragend", () => {
      delete item.dataset.moved;
      const to = items().indexOf(item);
      if (to !== from) send(item, to);
      moved = null;
    });
  });

  list.addEventListener("dragover", (event) => {
    if (!moved) return;
    event.preventDefault();
    const over = event.target.closest("[data-reorder-item]");
    if (!over || over === moved) return;
    const { top, height } = over.getBoundingClientRect();
    const isBehind = event.clientY > top + height / 2;
    const beside = isBehind ? over.nextElementSibling : over;
    if (beside !== moved) list.insertBefore(moved, beside);
  });
  list.addEventListener("drop", (event) => moved && event.preventDefault());

  function send(item, to) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = item.dataset.reorderItem;
    form.append(list.querySelector("[name=csrfmiddlewaretoken]").cloneNode());
    const place = document.createElement("input");
    [place.type, place.name, place.value] = ["hidden", "to", to];
    form.append(place);
    document.body.append(form);
    form.submit();
  }
});
