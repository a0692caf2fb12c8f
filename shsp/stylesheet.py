"""css/theme.css: the sheets of static/css, one after another, so that a page asks for one file."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

NAME = "css/theme.css"
# The order of the cascade. Sheets of one folder follow by name; none may lean on where another stands.
SOURCES = ("tokens.css", "base.css", "components/*.css", "screens/*.css")


def stylesheet() -> str:
    """Return the text of all sheets."""
    folder = settings.BASE_DIR / "static/css"
    return "\n".join(path.read_text() for pattern in SOURCES for path in sorted(folder.glob(pattern)))


class StylesheetFinder(BaseFinder):
    """Writes css/theme.css when it is asked for: by collectstatic, or by a server that reads the sources."""

    folder = settings.VAR_DIR / "stylesheet"

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> str | list[str]:
        if path != NAME:
            return []
        return [str(self._write())] if find_all else str(self._write())

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        self._write()
        yield NAME, FileSystemStorage(self.folder)

    def _write(self) -> Path:
        target = self.folder / NAME
        target.parent.mkdir(parents=True, exist_ok=True)
        # Never seen half written: a browser may ask twice at once.
        handle, name = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "w") as file:
            file.write(stylesheet())
        return Path(name).replace(target)
