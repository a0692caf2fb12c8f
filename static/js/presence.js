// Says that somebody is on this page, reading or writing, and shows who else is.
// The first time that it is looked at, it says that what it shows was read.

const EVERY_MS = 20000;
const place = document.querySelector("[data-presence]");
let isRead = false;

function isWriting() {
  const boxes = [...document.querySelectorAll("form[data-draft] [name=text]")];
  return boxes.some((box) => box === document.activeElement || box.value !== box.defaultValue);
}

function body(doing) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  data.append("doing", doing);
  return data;
}

async function beat() {
  if (document.visibilityState !== "visible") return;
  // A page that only lies open is no reason to stay logged in.
  const headers = { "X-Background": "1" };
  const doing = isWriting() ? "writing" : "reading";
  const said = body(doing);
  if (!isRead) said.append("version", place.dataset.version);
  try {
    const answer = await fetch(place.dataset.presence, { method: "POST", body: said, headers, redirect: "manual" });
    if (!answer.ok) return;
    isRead = true;
    const html = (await answer.text()).trim();
    if (place.innerHTML.trim() !== html) place.innerHTML = html;
  } catch {
    // No connection just now: the next beat tells.
  }
}

if (place) {
  beat();
  setInterval(beat, EVERY_MS);
  document.addEventListener("visibilitychange", beat);
  document.addEventListener("focusin", (event) => event.target.matches("form[data-draft] [name=text]") && beat());
  window.addEventListener("pagehide", () => navigator.sendBeacon(place.dataset.presence, body("leaving")));
}
