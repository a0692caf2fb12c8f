// Keeps what is typed into a form marked data-autosave for its writer until it is saved. It only ever sends:
// nothing that stands in the fields is replaced. Without JavaScript the form keeps what could not be saved.

const WAIT_MS = 1500;

document.querySelectorAll("form[data-autosave]").forEach((form) => {
  const said = form.querySelector("[data-said]");
  let kept = typed();
  let timer;
  let leaving = false;
  let breaker = null;

  function typed() {
    return new URLSearchParams(new FormData(form)).toString();
  }

  async function keep({ keepalive = false } = {}) {
    clearTimeout(timer);
    const sent = typed();
    if (leaving || sent === kept) return;
    breaker?.abort();
    breaker = new AbortController();
    const body = new URLSearchParams(sent);
    body.append("keep", "1");
    try {
      const options = { redirect: "error", keepalive, signal: breaker.signal };
      const answer = await fetch(location.href, { method: "POST", body, ...options });
      if (!answer.ok) throw new Error(answer.status);
      kept = sent;
      said.textContent = (await answer.json()).said;
    } catch (error) {
      if (error.name !== "AbortError") said.textContent = form.dataset.failed;
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT_MS);
  });
  form.addEventListener("change", () => keep());
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
    breaker?.abort();
  });
  window.addEventListener("pagehide", () => keep({ keepalive: true }));
  window.addEventListener("pageshow", () => (leaving = false));
});
