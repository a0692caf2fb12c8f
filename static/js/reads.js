// Tells once that this page was opened, so that readers are counted and not followed. A GET never writes.

const script = document.querySelector("script[data-reads]");

function tell() {
  if (document.visibilityState === "visible") navigator.sendBeacon(script.dataset.reads);
  else document.addEventListener("visibilitychange", tell, { once: true });
}

if (script && navigator.sendBeacon) tell();
