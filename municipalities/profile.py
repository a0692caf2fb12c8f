"""What a municipality's page tells: facts with their sources, in the reader's language where there is one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core.templatetags.ui import number, partial_date
from municipalities.choices import EXPLAINED, Approach
from municipalities.models import Municipality, Programme, ProgrammeFact, RegisterEdition

PRECISIONS = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True)
class Told:
    """A text as the reader gets it; `language` is set when it is not the reader's own."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Source:
    """One source: a link when it has an address, else words; `language` when it is not the reader's."""

    text: str
    url: str = ""
    language: str = ""


def sources_of(text: str) -> list[Source]:
    """Take apart the sources of a fact, which stand in one text between semicolons."""
    return [_source(part.strip()) for part in text.split(" ; ") if part.strip()]


def _source(text: str) -> Source:
    if not text.startswith(("http://", "https://")):
        return Source(text)
    return Source(urlsplit(text).netloc.removeprefix("www."), text)


def told(row: Any, name: str) -> Told:
    """Return a translated text in the reader's language, else in the other one, marked."""
    reader = (get_language() or "cs")[:2]
    own = getattr(row, f"{name}_{reader}")
    if own:
        return Told(own)
    other = "cs" if reader == "en" else "en"
    return Told(getattr(row, f"{name}_{other}") or "", other)


def marked(text: Told) -> SafeString | str:
    """Return a text ready for a page, with its language on it and said when it is the other one."""
    if not text.text or not text.language:
        return text.text
    note = _("in Czech") if text.language == "cs" else _("in English")
    html = '<span lang="{}">{}</span> <span class="secondary">({})</span>'
    return format_html(html, text.language, text.text, note)


def partial(text: str) -> SafeString | str:
    """Return a date that is known to the day, the month or the year; "" when it is not known."""
    if not text:
        return ""
    known = [int(part) for part in text.split("-")] + [1, 1]
    return partial_date(date(*known[:3]), PRECISIONS[len(text)])


def money(amount: Decimal | None) -> str:
    """Return an amount in crowns, with its hellers only when there are any; "" when it is not known."""
    if amount is None:
        return ""
    places = 0 if amount == amount.to_integral_value() else 2
    return _("CZK %(amount)s") % {"amount": number_format(amount, decimal_pos=places, force_grouping=True)}


def _fact(term: str, value: Any, source: str = "", note: Any = "") -> dict[str, Any]:
    one = next(iter(sources_of(source)), Source(""))
    shown = value or note
    if value and note:
        shown = format_html('{} <span class="d-block secondary">{}</span>', value, note)
    return {"term": term, "value": shown, "source": one.text if shown else "", "url": one.url}


def place_facts(row: Municipality) -> list[dict[str, Any]]:
    """Return what is known of the place itself, as key facts."""
    said = told_sources(row)
    facts = [
        _fact(_("Kind"), row.get_kind_display() if row.kind else ""),
        _fact(_("District"), row.district),
        _fact(pgettext("of the Czech Republic", "Region"), row.region.name),
        _fact(_("Size"), row.size.label if row.size else ""),
        _fact(_("Code"), row.code, said.get("code", "")),
    ]
    if row.lau2_code != row.code:
        facts.append(_fact(_("LAU 2 code"), row.lau2_code, note=marked(told(row, "note"))))
    if row.name_en:
        facts.append(_fact(_("English name"), row.name_en))
    if row.is_pilot:
        facts.append(_fact(_("Municipality with extended powers"), row.orp, said.get("orp", "")))
        facts.append(_fact(_("Website"), _link(row.website), said.get("website", "")))
    facts.append(_fact(_("Position"), _position(row), said.get("position", "")))
    return facts


def told_sources(row: Municipality) -> dict[str, str]:
    """Return where single values of a municipality come from, in the reader's language."""
    return row.sources_en if (get_language() or "cs").startswith("en") else row.sources_cs


def population_sources(row: Municipality) -> list[Source]:
    """Return where the numbers of inhabitants come from."""
    said = told_sources(row)
    texts = [said.get("population", ""), said.get("register", "")] if row.is_pilot else [row.source]
    sources = [Source(text) for text in texts if text]
    years = row.populations.values("year")
    imported = RegisterEdition.objects.filter(year__in=years).order_by("year")
    language = "" if (get_language() or "cs").startswith("cs") else "cs"
    later = [Source(text, language=language) for text in imported.values_list("source", flat=True)]
    return sources + [source for source in later if source.text not in texts]


def _link(url: str) -> SafeString | str:
    return format_html('<a href="{}" rel="noreferrer">{}</a>', url, _source(url).text) if url else ""


def _position(row: Municipality) -> str:
    if row.latitude is None or row.longitude is None:
        return ""
    return f"{number_format(row.latitude, 4)}° N, {number_format(row.longitude, 4)}° E"


@dataclass(frozen=True)
class Fact:
    """One sentence about a programme with its sources."""

    told: Told
    sources: list[Source]


@dataclass(frozen=True)
class ProgrammePage:
    """A programme as its municipality's page shows it."""

    facts: list[dict[str, Any]]
    approaches: list[tuple[str, str]]
    groups: list[str]
    groups_language: str
    sentences: list[Fact]
    unverified: Told
    sources: list[Source]


def programme_page(programme: Programme) -> ProgrammePage:
    """Gather what the page shows of one programme."""
    groups = told(programme, "target_groups")
    return ProgrammePage(
        facts=list(_programme_facts(programme)),
        approaches=[(Approach(key).label, str(EXPLAINED[Approach(key)])) for key in programme.approaches],
        groups=list(groups.text),
        groups_language=groups.language,
        sentences=list(map(_sentence, programme.facts.all())),
        unverified=told(programme, "unverified"),
        sources=sources_of(programme.source),
    )


def _sentence(fact: ProgrammeFact) -> Fact:
    return Fact(told(fact, "text"), sources_of(told(fact, "source").text))


def _programme_facts(row: Programme) -> Iterator[dict[str, Any]]:
    yield _fact(_("Project"), marked(told(row, "name")))
    yield _fact(_("Registration number"), row.registration_number)
    yield _fact(_("Began"), partial(row.start), note=marked(told(row, "start_note")))
    yield _fact(_("Ended"), partial(row.end), note=marked(told(row, "end_note")))
    yield _fact(_("Total cost"), money(row.total_cost_czk), note=marked(told(row, "total_cost_note")))
    for term, amount in (
        (_("Grant"), row.grant_czk),
        (_("Grant of the European Union"), row.eu_grant_czk),
        (_("National public money"), row.national_public_czk),
    ):
        if amount is not None:
            yield _fact(term, money(amount))
    if row.own_share_czk is not None:
        yield _fact(_("Own share"), money(row.own_share_czk), note=marked(told(row, "own_share_note")))
    flats = "" if row.flats_count is None else number(row.flats_count)
    yield _fact(_("Flats"), flats, note=marked(told(row, "flats_note")))
    households = "" if row.households_supported is None else number(row.households_supported)
    yield _fact(_("Households supported"), households)
    yield _fact(_("Local concept"), marked(told(row, "concept_title")))
    yield _fact(_("Concept approved"), partial(row.concept_approved), note=marked(told(row, "concept_note")))
