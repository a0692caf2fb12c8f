"""The portal's own pages, as the public search finds them: data/pages.yaml, and those that are documents.

What a document says of itself is written with its edition; its line in the file gives it its number, and
the words that people type and it does not say.
"""

from pathlib import Path
from typing import Any

import yaml

from core import search

FILE = Path(__file__).parent / "data" / "pages.yaml"
KIND = "page"
_PAGES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
PAGES = {page["url_name"]: search.Document(KIND, **page) for page in _PAGES}


def found_as(name: str) -> search.Document:
    """Return under which number the page of an address is found, and by which words that it does not say."""
    return PAGES[name]


def index_pages() -> None:
    """Make the pages that are no documents findable; running it again changes nothing."""
    search.put_many([page for page in PAGES.values() if page.title_cs], scope=search.PUBLIC)
