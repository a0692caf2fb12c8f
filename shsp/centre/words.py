"""The Centre's own words as every page shows them: read once a minute, dropped when they are changed."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from redis.exceptions import RedisError

from core.loading import site
from shsp.centre.loading import shipped_words
from shsp.models import Banner, Centre, FooterLine, Period
from shsp.models.banner import Place

KEY, SECONDS = "centre-words", 60
# A date behind "since": in Czech the name of a month is another one there.
SINCE = {"day": "j. E Y", "month": "E Y", "year": "Y"}
CONTACTS = ("email", "phone", "officer_email", "officer_phone")

logger = logging.getLogger(__name__)

Words = dict[str, Any]


def own_words() -> dict[str, list[Words]]:
    """Return the rows of each table of the Centre's words, as they stand.

    Without a query where they were read within a minute. What the portal ships stands in where there is
    nothing yet, and where nothing can be read: a page of an error is shown whatever is away.
    """
    try:
        words = cache.get(KEY)
        if words is None:
            words = _read()
            cache.set(KEY, words, SECONDS)
    except (DatabaseError, OSError, RedisError):
        logger.warning("The Centre's words could not be read.", exc_info=True)
        words = shipped_words()
    return words


def forget() -> None:
    """Let the next page read anew, once what was written holds."""
    transaction.on_commit(lambda: cache.delete(KEY))


def _read() -> dict[str, list[Words]]:
    words = {
        "centre": _rows(Centre.objects.all()),
        "periods": _rows(Period.objects.in_use()),
        "banners": _rows(Banner.objects.in_use().filter(Q(ends_at=None) | Q(ends_at__gte=timezone.now()))),
        "footer": _rows(FooterLine.objects.filter(retired_at=None)),
    }
    return words if words["centre"] else shipped_words()


def _rows(rows: Iterable[models.Model]) -> list[Words]:
    return [{name: getattr(row, name) for name in _columns(row)} for row in rows]


def _columns(row: models.Model) -> list[str]:
    return [field.attname for field in row._meta.concrete_fields]


def in_language(words: Words, name: str) -> str:
    """Return a text in the reader's language, in Czech where it has no other."""
    code = "cs" if (get_language() or "cs").startswith("cs") else "en"
    return words.get(f"{name}_{code}") or words.get(f"{name}_cs") or ""


def fact(name: str) -> str:
    """Return a fact of the Centre in the reader's language: "phone", "hours"; "" where it is not known."""
    centre = own_words()["centre"][0]
    return centre[name] if f"{name}_cs" not in centre else in_language(centre, name)


def source_of(name: str) -> str:
    """Return where a shipped fact comes from; "" where it is not known, or was changed here since."""
    centre = own_words()["centre"][0]
    is_shipped = centre.get("shipped", {}).get(name, centre[name]) == centre[name]
    return centre["sources"].get(name, "") if is_shipped else ""


def contacts() -> list[str]:
    """Return the Centre's own addresses and telephone numbers, nobody's personal data."""
    words = own_words()
    rows = [*words["centre"], *words["periods"]]
    return [row[name] for row in rows for name in CONTACTS if row.get(name)]


def banners_at(place: Place, now: datetime) -> list[Words]:
    """Return the banners that stand on pages of a kind at a moment."""
    rows = [
        row
        for row in own_words()["banners"]
        if row["place"] in (Place.EVERYWHERE, place)
        and row["starts_at"] <= now
        and (row["ends_at"] is None or now < row["ends_at"])
    ]
    return [
        {
            "kind": row["kind"],
            "text": in_language(row, "text"),
            "link": in_language(row, "link"),
            "url": url_of(row["address"]),
        }
        for row in rows
    ]


def url_of(address: str) -> str:
    """Return where a link leads: a page of the portal in the reader's language, or an address elsewhere."""
    return f"/{get_language() or 'cs'}{address}" if address.startswith("/") else address


def footer_lines() -> list[Words]:
    """Return the lines of the footer in the reader's language."""
    rows = own_words()["footer"]
    return [{"text": in_language(row, "text"), "url": url_of(row["address"])} for row in rows]


def successors(now: datetime) -> list[Words]:
    """Return the periods that go on today after another one has ended, each with its title."""
    rows, today = own_words()["periods"], now.date()
    is_over = any(row["ends_on"] and row["ends_on"] < today for row in rows)
    current = [row for row in rows if row["starts_on"] <= today <= (row["ends_on"] or today)]
    return [
        {
            **row,
            "title": in_language(row, "title"),
            "since": date_format(row["starts_on"], SINCE[row["starts_precision"]]),
            "site": site(row["website"]),
            "source_site": site(row["source"]),
        }
        for row in current
        if is_over
    ]
