// Warns before a login ends for lack of requests, and offers to stay. What is typed stays on the page.

const box = document.getElementById("session-warning");
const form = box.querySelector("form");
const idle = Number(box.dataset.idle) * 1000;
const warn = Number(box.dataset.warn) * 1000;
let last = Date.now();
let back = null;

function show() {
  if (!box.hidden) return;
  back = document.activeElement;
  box.hidden = false;
  form.querySelector("button").focus();
}

function hide() {
  box.hidden = true;
  if (back) back.focus();
}

function look() {
  const quiet = Date.now() - last;
  if (quiet >= idle) {
    show();
    if (form.hidden) return;
    for (const gone of [form, document.getElementById("session-title"), document.getElementById("session-text")]) {
      gone.hidden = true;
    }
    document.getElementById("session-over").hidden = false;
    box.setAttribute("aria-labelledby", "session-over-title");
    box.setAttribute("aria-describedby", "session-over");
    box.focus();
  } else if (quiet >= idle - warn) {
    show();
  }
}

function heard() {
  last = Date.now();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  if (answer.ok) {
    heard();
    hide();
  } else {
    last = 0;
    look();
  }
});
document.addEventListener("htmx:afterRequest", heard);
document.addEventListener("draft:saved", heard);
document.addEventListener("visibilitychange", look);
setInterval(look, 15000);
