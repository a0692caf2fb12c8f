#!/bin/sh
# The browser journeys need Debian's chromium: install it where we may, else ask for it in one line.
set -e
if command -v chromium >/dev/null 2>&1; then
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing chromium for the browser journeys."
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
  exit 0
fi
echo "The browser journeys need chromium: sudo apt-get install chromium" >&2
exit 1
