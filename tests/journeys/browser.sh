#!/bin/sh
# The browser journeys need Debian's Chromium; best is its build without windows, which costs a fourth
# of the time. Install that where we may, make do with the whole one, else ask for it in one line.
set -e
has() { command -v "$1" >/dev/null 2>&1; }

if has chromium-headless-shell; then
  exit 0
fi
if [ "$(id -u)" = 0 ] && has apt-get; then
  echo "Installing chromium-headless-shell for the browser journeys."
  export DEBIAN_FRONTEND=noninteractive
  quick="-qq -o Acquire::Retries=0 -o Acquire::http::Timeout=10"
  if { apt-get update $quick && apt-get install -y $quick --no-install-recommends chromium-headless-shell; } >/dev/null; then
    exit 0
  fi
fi
if has chromium; then
  exit 0
fi
echo "The browser journeys need Debian's Chromium: sudo apt-get install chromium-headless-shell" >&2
exit 1
