// What is pasted from a word processor becomes the marks that are written here: the server turns it, so that
// there is one way to do it. Where that fails, and without JavaScript, the plain words are pasted.

const LONGEST_MS = 8000;

// Blocks stand apart from what is before and behind them.
function apart(box, words) {
  const before = box.value.slice(0, box.selectionStart);
  const after = box.value.slice(box.selectionEnd);
  const above = before && !/\n\n$/.test(before) ? "\n\n" : "";
  return `${above}${words}${after && !/^\n/.test(after) ? "\n\n" : ""}`;
}

function put(box, words) {
  box.setRangeText(words, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

document.querySelectorAll("form textarea[data-paste]").forEach((box) => {
  box.addEventListener("paste", async (event) => {
    const html = event.clipboardData.getData("text/html");
    const plain = event.clipboardData.getData("text/plain");
    // What has no more than words is pasted by the browser.
    if (!/<(h[1-6]|p|ul|ol|li|table|strong|b|em|i|a)\b/i.test(html)) return;
    event.preventDefault();
    const body = new FormData();
    body.append("html", html);
    body.append("csrfmiddlewaretoken", box.form.elements.csrfmiddlewaretoken.value);
    box.readOnly = true;
    try {
      const answer = await fetch(box.dataset.paste, { method: "POST", body, signal: AbortSignal.timeout(LONGEST_MS) });
      if (!answer.ok) throw new Error(answer.status);
      const { text } = await answer.json();
      put(box, text.includes("\n") ? apart(box, text) : text);
    } catch {
      put(box, plain);
    } finally {
      box.readOnly = false;
      box.focus();
    }
  });
});
