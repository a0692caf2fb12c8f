// Ctrl+Enter (Cmd+Enter) in a form marked data-ctrl-enter presses the button that sends it.
// Single keys at the desk, listed on the page that "?" opens; a body without data-key-… has none.

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("form[data-ctrl-enter]");
  if (!form) return;
  event.preventDefault();
  const first = 'button[type="submit"]:not([aria-disabled="true"]), input[type="submit"]';
  form.requestSubmit(form.querySelector('[name="send"]') || form.querySelector(first));
});

const pages = document.body.dataset;
const SECOND_KEY_MS = 1500;
const TYPING =
  'textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"])';
let wentAt = -Infinity;

const rows = () => [...document.querySelectorAll("tr:has(a.row-link)")];
const row = () => document.activeElement.closest("tr:has(a.row-link)");

function step(by) {
  const all = rows();
  const at = all.indexOf(row());
  const next = at < 0 ? all[0] : all[at + by];
  next?.querySelector("a.row-link").focus();
}

// Opens a folded form and goes to its first field, at once or when it has been fetched.
function write(box) {
  if (!box) return false;
  const first = () => box.querySelector('[name="text"], select, input:not([type="hidden"])');
  box.open = true;
  if (!first()) box.addEventListener("htmx:load", () => first()?.focus(), { once: true });
  (first() || box.querySelector("summary")).focus();
  return true;
}

// Does what the page offers under data-key; what is not there, or not allowed now, is not done.
function press(name) {
  const all = [...document.querySelectorAll(`[data-key="${name}"]`)];
  const found = all.find((one) => one.getAttribute("aria-disabled") !== "true");
  if (!found) return false;
  found.matches("summary") ? write(found.parentElement) : found.click();
  return true;
}

const KEYS = {
  "?": () => location.assign(pages.keyHelp),
  "/": () => document.querySelector('[role="search"] input[type="search"]')?.focus(),
  j: () => press("next") || step(1),
  k: () => press("previous") || step(-1),
  o: () => row()?.querySelector("a.row-link").click(),
  x: () => row()?.querySelector('input[type="checkbox"]')?.click(),
  a: () => write(document.querySelector("#write-answer, #write-add-to-answer")),
  n: () => write(document.querySelector("#write-note")),
  c: () => write(document.querySelector("#write-contact")) || press("log"),
  t: () => press("take"),
  s: () => press("assign"),
  e: () => press("close"),
  g: () => (wentAt = performance.now()),
};
const AFTER_G = {
  t: () => location.assign(pages.keyToday),
  l: () => location.assign(pages.keyList),
  c: () => press("log"),
};

function hear(event) {
  const shifted = event.shiftKey && /[a-z]/i.test(event.key);
  if (shifted || event.ctrlKey || event.altKey || event.metaKey || event.target.closest(TYPING)) return;
  const follows = performance.now() - wentAt < SECOND_KEY_MS;
  wentAt = -Infinity;
  const does = (follows && AFTER_G[event.key]) || KEYS[event.key];
  if (!does) return;
  event.preventDefault();
  does();
}

if (pages.keyHelp) document.addEventListener("keydown", hear);
