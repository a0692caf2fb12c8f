"""Loading of the guided page's shipped texts; once somebody here has begun to write, it is left alone."""

from datetime import date

from core.documents.loading import ship
from core.loading import Report
from shsp.help.content import shipped_texts
from shsp.models import HelpText
from shsp.pages.loading import moment_of

# When somebody is to look whether the shipped texts still hold: a year after the law was looked up.
REVIEW_ON = date(2027, 11, 29)


def load() -> Report:
    """Make newer shipped texts the next edition of the page."""
    texts = shipped_texts()
    document, _is_new = HelpText.objects.get_or_create(slug="help")
    words = {**texts, "review_on": REVIEW_ON}
    return ship(document, words=words, at=moment_of(texts["facts.checked_on"]))
