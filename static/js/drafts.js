// Keeps the text of a form marked data-draft on the server while one types. It only ever sends:
// nothing that stands in the box is replaced. Without JavaScript a button of the form does it.

const WAIT_MS = 1500;

function keep(form) {
  const box = form.elements.text;
  const version = form.elements.draft_version;
  const said = form.querySelector("[data-draft-said]");
  const late = form.querySelector("[data-draft-late]");
  let kept = box.value;
  let timer;
  let leaving = false;
  let stopped = late.childElementCount > 0;
  let running = null;
  let under_way = "";
  let breaker = null;

  function say(words) {
    if (said.textContent !== words) said.textContent = words;
  }

  // A save outlives its page, unless the form itself is sent. Which version a save under way makes is not
  // known yet: one that comes after it says what that one sent.
  function request() {
    const body = new FormData();
    for (const name of ["text", "draft_version", "csrfmiddlewaretoken"]) body.append(name, form.elements[name].value);
    body.append("before", under_way);
    const headers = { "X-Requested-With": "fetch" };
    breaker = new AbortController();
    const options = { headers, redirect: "manual", keepalive: true, signal: breaker.signal };
    return fetch(form.dataset.draft, { method: "POST", body, ...options });
  }

  async function read(answer, sent) {
    if (answer.status === 409) {
      stopped = true;
      version.value = answer.headers.get("X-Draft-Version");
      late.innerHTML = await answer.text();
      return;
    }
    const told = answer.ok || answer.status === 422 ? await answer.json() : { said: said.dataset.failed };
    if (answer.ok) {
      kept = sent;
      stopped = false;
      version.value = told.version;
      late.replaceChildren();
      document.dispatchEvent(new Event("draft:saved"));
    }
    say(told.said);
  }

  // One save at a time: each says which version it saw.
  async function save({ asked = false } = {}) {
    clearTimeout(timer);
    await running;
    if (leaving || (stopped && !asked) || (box.value === kept && !asked)) return;
    const sent = box.value;
    running = request()
      .then((answer) => leaving || read(answer, sent))
      .catch(() => leaving || say(said.dataset.failed))
      .finally(() => (running = null));
    under_way = sent;
    await running;
    under_way = "";
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT_MS);
  });
  box.addEventListener("blur", () => save());
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "draft") {
      event.preventDefault();
      save({ asked: true });
      return;
    }
    // The form carries the text itself.
    leaving = true;
    clearTimeout(timer);
    breaker?.abort();
  });
  window.addEventListener("pagehide", () => {
    if (!leaving && !stopped && box.value !== (running ? under_way : kept)) request().catch(() => {});
  });
  window.addEventListener("pageshow", () => (leaving = false));
}

document.querySelectorAll("form[data-draft]").forEach(keep);
// Forms that are drawn when they are opened.
document.addEventListener("htmx:load", ({ target }) => {
  if (target !== document.body && target.matches("form[data-draft]")) keep(target);
});
