// Attendance and what was heard, on the spot: what is done is kept in this phone until it was sent.
// Without JavaScript every button sends its form. Of what comes late or twice the server takes the latest.

const RETRY_MS = 15000;
const TYPING_MS = 1500;
const page = document.querySelector("[data-spot]");
const key = `spot:${page.dataset.spot}`;
const status = page.querySelector("[data-waiting]");
let running = null;
let timer;

function kept() {
  return JSON.parse(localStorage.getItem(key) || "{}");
}

function keep(entries) {
  if (Object.keys(entries).length) localStorage.setItem(key, JSON.stringify(entries));
  else localStorage.removeItem(key);
}

function say(problem = "") {
  const count = Object.keys(kept()).length;
  const waiting = count ? `${page.dataset.more} ${count}. ${problem}` : problem;
  if (status.textContent !== waiting) status.textContent = waiting;
}

// One entry for each person and question: a later one takes the place of the earlier.
function put(name, url, fields) {
  const entries = kept();
  // A note is written on what was seen first; only then are two notes told apart.
  const version = entries[name]?.fields.version ?? fields.version;
  entries[name] = { url, fields: { ...fields, ...(version && { version }), at: new Date().toISOString() } };
  keep(entries);
  say();
  send();
}

function formOf(name) {
  const [kind, number] = name.split("-");
  return page.querySelector(`form[data-${kind}="${number}"]`);
}

function show(name, fields) {
  const form = formOf(name);
  if (!form) return;
  form.querySelectorAll("[aria-pressed]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.value === fields.was_there));
  });
  if (form.elements.keywords && fields.keywords !== undefined) form.elements.keywords.value = fields.keywords;
  document.querySelector("[data-here]").textContent = page.querySelectorAll('[value="1"][aria-pressed="true"]').length;
}

// What stands at the server once something was sent.
function take(name, sent, told) {
  const form = formOf(name);
  if (!form) return;
  if ("was_there" in told) show(name, { was_there: told.was_there ? "1" : "0" });
  if (!("keywords" in told)) return;
  const box = form.elements.keywords;
  const isStill = box.value.trim() === sent.keywords.trim();
  // While more is typed, what a colleague noted waits for the next answer.
  if (isStill) box.value = told.keywords;
  if (isStill || told.keywords === sent.keywords.trim()) form.elements.version.value = told.version;
  form.querySelector("[data-said]").textContent = told.said;
}

async function post(entry) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", page.querySelector("[name=csrfmiddlewaretoken]").value);
  Object.entries(entry.fields).forEach(([name, value]) => body.set(name, value));
  const headers = { "X-Requested-With": "fetch" };
  return fetch(entry.url, { method: "POST", body, headers, redirect: "manual" });
}

async function sendAll() {
  for (const [name, entry] of Object.entries(kept())) {
    const answer = await post(entry);
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (!isOurs && answer.status !== 404) {
      return answer.status >= 500 ? "" : page.dataset.login;
    }
    const told = isOurs ? await answer.json() : {};
    const entries = kept();
    // Something newer may have been done meanwhile; a refusal will not change.
    const isLast = entries[name]?.fields.at === entry.fields.at;
    if (isLast) delete entries[name];
    else if (told.version && told.keywords === entry.fields.keywords.trim()) entries[name].fields.version = told.version;
    keep(entries);
    if (answer.ok) take(name, entry.fields, told);
    else if (told.said) return told.said;
  }
  return Object.keys(kept()).length ? "" : page.dataset.sent;
}

// One at a time, in the order in which it was done.
function send() {
  clearTimeout(timer);
  running ||= sendAll()
    .then(say)
    .catch(() => say())
    .finally(() => {
      running = null;
      if (Object.keys(kept()).length) timer = setTimeout(send, RETRY_MS);
    });
}

function fieldsOf(form, submitter) {
  const fields = Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
  return submitter?.name ? { ...fields, [submitter.name]: submitter.value } : fields;
}

function note(form) {
  put(`note-${form.dataset.note}`, form.action, fieldsOf(form));
}

function start() {
  Object.entries(kept()).forEach(([name, entry]) => show(name, entry.fields));
  say();
  page.querySelectorAll("form[data-tick]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const fields = fieldsOf(form, event.submitter);
      show(`tick-${form.dataset.tick}`, fields);
      put(`tick-${form.dataset.tick}`, form.action, fields);
    });
  });
  page.querySelectorAll("form[data-note]").forEach((form) => {
    let typing;
    form.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(() => note(form), TYPING_MS);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(typing);
      note(form);
    });
  });
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  if (Object.keys(kept()).length) send();
}

try {
  localStorage.getItem(key);
  start();
} catch {
  // A browser that refuses storage sends each form as it is.
}
