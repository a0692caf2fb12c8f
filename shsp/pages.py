"""The portal's own pages, as the public search finds them: data/pages.yaml."""

from pathlib import Path

import yaml

from core import search

FILE = Path(__file__).parent / "data" / "pages.yaml"
PAGES = [search.Document("page", **page) for page in yaml.safe_load(FILE.read_text(encoding="utf-8"))]


def index_pages() -> None:
    """Make the portal's own pages findable; running it again changes nothing."""
    search.put_many(PAGES, scope=search.PUBLIC)
