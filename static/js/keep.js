// Keeps what is typed into a form over a reload: in this tab alone, until it was sent, deleted, or the page left quickly.
// A form says data-keep="name", its note data-keep-note="name", the page after it data-keep-done="name".
// Files, hidden fields and what people do not see are never kept; what is filled in already stays as it is.

const SHARED = "keep-nothing";
const TEXTS = ["text", "search", "email", "tel", "url", "number", "date", "time", "datetime-local", "textarea"];
const page = location.pathname.replace(/^\/[a-z]{2}\//, "/");
const keyOf = (name) => `keep:${name}:${page}`;

function isKept(field) {
  // The hidden field of a combobox holds what was chosen in it.
  if (field.type === "hidden") return Boolean(field.closest("[data-combobox]"));
  return field.tabIndex >= 0 && [...TEXTS, "checkbox", "radio", "select-one"].includes(field.type);
}

const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
const nameOf = (field) => field.name || field.id;
const fieldsOf = (form) => [...form.elements].filter((field) => nameOf(field) && isKept(field));

function valuesOf(form) {
  const values = {};
  fieldsOf(form).forEach((field) => {
    if (isTicked(field) ? field.checked : field.value) (values[nameOf(field)] ||= []).push(field.value);
  });
  return values;
}

function fill(form, values) {
  const ticked = new Set(fieldsOf(form).filter((field) => isTicked(field) && field.checked).map(nameOf));
  const filled = fieldsOf(form).filter((field) => {
    const kept = values[nameOf(field)] || [];
    if (isTicked(field)) {
      const fits = kept.includes(field.value) && !ticked.has(nameOf(field));
      if (fits) field.checked = true;
      return fits;
    }
    if (field.value || !kept.length) return false;
    field.value = kept[0];
    return true;
  });
  // Counters and offers follow. To a combobox its text would be a new search.
  filled
    .filter((field) => field.name && field.type !== "hidden")
    .forEach((field) => {
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  return filled.length > 0;
}

function empty(form) {
  fieldsOf(form).forEach((field) => {
    if (isTicked(field)) field.checked = false;
    else field.value = "";
  });
}

// What is typed before the page is complete.
const touched = new Set();
document.addEventListener("input", (event) => touched.add(event.target.form));

function start(note) {
  const name = note.dataset.keepNote;
  const form = document.querySelector(`form[data-keep="${name}"]`);
  const shared = note.querySelector("input");
  const status = note.querySelector("[role=status]");
  if (!form) return;

  function keep() {
    if (!shared.checked) sessionStorage.setItem(keyOf(name), JSON.stringify(valuesOf(form)));
  }

  function show() {
    note.querySelector("[data-keep-on]").hidden = shared.checked;
    note.querySelector("[data-keep-off]").hidden = !shared.checked;
    form.autocomplete = shared.checked ? "off" : "on";
  }

  shared.checked = Boolean(sessionStorage.getItem(SHARED));
  show();
  note.hidden = false;
  const kept = JSON.parse(sessionStorage.getItem(keyOf(name)) || "null");
  const isEarly = touched.has(form);
  if (kept && fill(form, kept)) status.textContent = status.dataset.restored;
  if (isEarly) keep();
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  shared.addEventListener("change", () => {
    if (shared.checked) {
      // Of every form, also of those on other pages.
      forget("");
      sessionStorage.setItem(SHARED, "yes");
    } else {
      sessionStorage.removeItem(SHARED);
      keep();
    }
    show();
  });
  note.querySelector("button").addEventListener("click", () => {
    sessionStorage.removeItem(keyOf(name));
    empty(form);
    // Fetched anew: also without files, and without what the server had sent back.
    location.replace(location.pathname);
  });
}

// Of all forms whose key begins so.
function forget(beginning) {
  Object.keys(sessionStorage)
    .filter((key) => key.startsWith(`keep:${beginning}`))
    .forEach((key) => sessionStorage.removeItem(key));
}

// Not before the browser has put back what it remembers itself.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) return;
  try {
    const [{ type }] = performance.getEntriesByType("navigation");
    const done = document.querySelector("[data-keep-done]");
    // Such a page may hold a form again, which is kept when it is reloaded.
    if (done && type === "navigate") done.dataset.keepDone.split(" ").forEach((name) => forget(`${name}:`));
    document.querySelectorAll("[data-keep-note]").forEach(start);
  } catch {
    // A browser that refuses storage keeps nothing, and nothing is said of it.
  }
});
