// Leaves at once, by the button or by Esc pressed three times: the page is hidden, what this tab kept is deleted,
// and another site takes the page's place in the history. Without JavaScript the button is a link.

const link = document.querySelector("[data-leave]");
const more = document.querySelector(".leave-more");
const LEFT = "left";
const ESC_MS = 2000;
let presses = [];

// Storage that the browser refuses holds nothing to be deleted.
function stored(action) {
  try {
    return action(sessionStorage);
  } catch {
    return null;
  }
}

function leave() {
  document.documentElement.hidden = true;
  document.title = new URL(link.href).hostname;
  document.querySelectorAll("form").forEach((form) => form.reset());
  stored((storage) => {
    storage.clear();
    storage.setItem(LEFT, "yes");
  });
  location.replace(link.href);
}

link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

// It prevents nothing, so that a single Esc closes what it always closes.
window.addEventListener(
  "keydown",
  (event) => {
    if (event.repeat || event.isComposing) return;
    const recent = presses.filter((time) => event.timeStamp - time < ESC_MS);
    presses = event.key === "Escape" ? [...recent, event.timeStamp] : [];
    if (presses.length === 1) more.open = false;
    if (presses.length === 3) leave();
  },
  true,
);

// Whoever goes back afterwards finds pages as the server has them, without what was typed into them.
window.addEventListener("pageshow", (event) => {
  const left = stored((storage) => storage.getItem(LEFT));
  if (!left) return;
  const [{ type }] = performance.getEntriesByType("navigation");
  if (event.persisted) {
    document.documentElement.hidden = true;
    document.querySelectorAll("form").forEach((form) => form.reset());
    stored((storage) => {
      storage.clear();
      storage.setItem(LEFT, "fetch");
    });
    location.replace(location.pathname + location.search);
  } else if (left === "fetch") {
    stored((storage) => storage.setItem(LEFT, "yes"));
  } else if (type === "back_forward") {
    document.querySelectorAll("form").forEach((form) => form.reset());
  } else {
    stored((storage) => storage.removeItem(LEFT));
  }
});

document.querySelectorAll("[data-leave-script]").forEach((text) => (text.hidden = false));
more.addEventListener("focusout", (event) => {
  if (!more.contains(event.relatedTarget)) more.open = false;
});
