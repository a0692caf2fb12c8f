// Looks every minute for new notices while the page is seen, and tells the bell alone.

const EVERY_MS = 60000;

async function look() {
  const bell = document.querySelector("[data-bell]");
  if (!bell || document.visibilityState !== "visible") return;
  try {
    // A page that only lies open is no reason to stay logged in.
    const answer = await fetch(bell.dataset.bell, { headers: { "X-Background": "1" }, redirect: "manual" });
    if (!answer.ok) return;
    const fresh = document.createElement("template");
    fresh.innerHTML = (await answer.text()).trim();
    // What has the focus keeps it: only what stands in the link is exchanged.
    bell.replaceChildren(...fresh.content.firstElementChild.childNodes);
  } catch {
    // No connection just now: the next look tells.
  }
}

setInterval(look, EVERY_MS);
document.addEventListener("visibilitychange", look);
