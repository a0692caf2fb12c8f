// Offers matches while one types into a text field (ARIA combobox with a list).
// A hidden field takes over the name and carries the code of what was chosen;
// as long as nothing is chosen it carries the typed words, as without JavaScript.
// With data-mark-first the first match is chosen by Enter, also where it comes after the key.

const WAIT_MS = 200;
const LEAST_LETTERS = 2;

function enhance(box) {
  const input = box.querySelector('input[type="text"]');
  const list = box.querySelector('[role="listbox"]');
  const status = box.querySelector("[data-combobox-status]");
  const chosen = document.createElement("input");
  const marksFirst = box.dataset.markFirst !== undefined;
  let active = -1;
  let timer;
  let asked = 0;

  chosen.type = "hidden";
  chosen.name = input.name;
  chosen.value = input.value;
  input.removeAttribute("name");
  if (input.dataset.text) input.value = input.dataset.text;
  input.after(chosen);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  const options = () => [...list.querySelectorAll('[role="option"]')];

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    const all = options();
    if (!all.length) return;
    active = (index + all.length) % all.length;
    all.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    input.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  }

  function choose(option) {
    chosen.value = option.dataset.value;
    input.value = option.dataset.text || option.textContent.trim().replace(/\s+/g, " ");
    status.textContent = input.value;
    close();
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async function ask() {
    const words = input.value.trim();
    const mine = ++asked;
    if (words.length < LEAST_LETTERS) return close();
    const address = new URL(box.dataset.url, location.href);
    address.searchParams.set("q", words);
    let html = "";
    try {
      const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) return close();
      html = await answer.text();
    } catch {
      return close();
    }
    if (mine !== asked) return;
    list.innerHTML = html;
    const all = options();
    all.forEach((option, i) => {
      option.id = `${list.id}_${i}`;
      option.setAttribute("aria-selected", "false");
    });
    active = -1;
    list.hidden = !all.length;
    input.setAttribute("aria-expanded", String(all.length > 0));
    input.removeAttribute("aria-activedescendant");
    status.textContent = all.length ? `${box.dataset.some} ${all.length}` : box.dataset.none;
    if (marksFirst) mark(0);
  }

  // Enter is often quicker than the matches: they are asked for now, and the first one is chosen. Where
  // nothing fits, the form says so.
  async function chooseFirst() {
    clearTimeout(timer);
    const mine = asked + 1;
    await ask();
    if (mine === asked) active < 0 ? input.form.requestSubmit() : choose(options()[active]);
  }

  input.addEventListener("input", () => {
    chosen.value = input.value;
    if (marksFirst) active = -1;
    box.querySelectorAll('input[type="radio"]').forEach((radio) => (radio.checked = false));
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "ArrowDown") {
      event.preventDefault();
      open ? mark(active + 1) : ask();
    } else if (event.key === "ArrowUp" && open) {
      event.preventDefault();
      mark(active - 1);
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      choose(options()[active]);
    } else if (event.key === "Enter" && marksFirst) {
      event.preventDefault();
      chooseFirst();
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) choose(option);
  });
}

function start(root) {
  root.querySelectorAll("[data-combobox]:not([data-ready])").forEach((box) => {
    box.dataset.ready = "";
    enhance(box);
  });
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
