// Keeps what is typed into a form marked data-autosave for its writer until it is saved. It only ever sends:
// nothing that stands in the fields is replaced. Without JavaScript the form keeps what could not be saved.

const WAIT_MS = 1500;
const LONGEST_MS = 5000;

document.querySelectorAll("form[data-autosave]").forEach((form) => {
  const said = form.querySelector("[data-said]");
  let kept = typed();
  let timer;
  let leaving = false;
  let running = null;

  function typed() {
    return new URLSearchParams(new FormData(form)).toString();
  }

  async function send(sent, options) {
    const body = new URLSearchParams(sent);
    body.append("keep", "1");
    try {
      const answer = await fetch(location.href, { method: "POST", body, redirect: "error", ...options });
      if (!answer.ok) throw new Error(answer.status);
      kept = sent;
      said.textContent = (await answer.json()).said;
    } catch {
      said.textContent = form.dataset.failed;
    }
  }

  // One at a time, so that what was typed first does not arrive last.
  async function keep() {
    clearTimeout(timer);
    await running;
    const sent = typed();
    if (leaving || sent === kept) return;
    running = send(sent, { signal: AbortSignal.timeout(LONGEST_MS) }).finally(() => (running = null));
    await running;
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT_MS);
  });
  form.addEventListener("change", keep);
  // What is under way arrives before the form itself, or it would bring back what was saved.
  form.addEventListener("submit", async (event) => {
    leaving = true;
    clearTimeout(timer);
    if (!running) return;
    event.preventDefault();
    await running;
    form.requestSubmit(event.submitter);
  });
  window.addEventListener("pagehide", () => {
    const sent = typed();
    if (!leaving && sent !== kept) send(sent, { keepalive: true });
  });
  window.addEventListener("pageshow", () => (leaving = false));
});
