// Saves a return while one types. It only ever sends: nothing in the form is replaced.
// Without JavaScript the button "Save" does it.

const WAIT_MS = 1500;

document.querySelectorAll("form[data-save]").forEach((form) => {
  const said = form.querySelector("[data-said]");
  const version = form.elements.version;
  let timer;
  let running = null;
  let leaving = false;
  let stopped = false;
  let changed = false;

  function say(words) {
    if (said.textContent !== words) said.textContent = words;
  }

  async function send() {
    changed = false;
    const options = { headers: { "X-Requested-With": "fetch" }, redirect: "manual", keepalive: true };
    const answer = await fetch(form.dataset.save, { method: "POST", body: new FormData(form), ...options });
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (leaving) return;
    if (!isOurs) throw new Error("no answer of ours");
    const told = await answer.json();
    if (answer.ok) version.value = told.version;
    stopped = answer.status === 409;
    say(told.said);
  }

  // One save at a time: each says which version it saw.
  async function save() {
    clearTimeout(timer);
    await running;
    if (leaving || stopped || !changed) return;
    running = send()
      .catch(() => {
        changed = true;
        if (!leaving) say(said.dataset.failed);
      })
      .finally(() => (running = null));
    await running;
  }

  form.addEventListener("input", (event) => {
    changed = true;
    // A "yes" was given to another number.
    const field = event.target.closest("fieldset");
    const yes = field?.querySelector("[data-question] input[type=checkbox]");
    if (yes && event.target !== yes && event.target.matches("[name^=value_], [name^=unknown_]")) yes.checked = false;
    clearTimeout(timer);
    timer = setTimeout(save, WAIT_MS);
  });
  // A save under way may change the version: the form waits for it, then goes with what is in it.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (running) {
      event.preventDefault();
      running.then(() => form.requestSubmit(event.submitter));
      return;
    }
    leaving = true;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  window.addEventListener("pageshow", () => (leaving = false));
});
