"""What a municipality's page tells: facts with their sources, in the reader's language where there is one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core import loading
from core.documents import markdown
from core.loading import Source, site, sources_of
from core.templatetags.ui import filesize, number, partial_date, phone
from municipalities.choices import EXPLAINED, Approach, Ethos
from municipalities.models import Municipality, Programme, RegisterEdition
from municipalities.places.offices.loading import seats_source

# The list of the sixteen.
LIST_SOURCE = "https://www.mpsv.cz/web/cz/projekt-podpora-socialniho-bydleni"


@dataclass(frozen=True)
class LocalText:
    """A text as the reader gets it; `language` is set when it is not the reader's own."""

    text: str
    language: str = ""


def local_text(row: Any, name: str) -> LocalText:
    """Return a translated text in the reader's language, else in the other one, marked."""
    reader = (get_language() or "cs")[:2]
    own = getattr(row, f"{name}_{reader}")
    if own:
        return LocalText(own)
    other = "cs" if reader == "en" else "en"
    return LocalText(getattr(row, f"{name}_{other}") or "", other)


def marked(text: LocalText) -> SafeString | str:
    """Return a text ready for a page, with its language on it and said when it is the other one."""
    if not text.text or not text.language:
        return text.text
    note = _("in Czech") if text.language == "cs" else _("in English")
    html = '<span lang="{}">{}</span> <span class="secondary">({})</span>'
    return format_html(html, text.language, text.text, note)


def partial(text: str) -> SafeString | str:
    """Return a date that is known to the day, the month or the year; "" when it is not known."""
    return partial_date(*loading.partial(text)) if text else ""


def money(amount: Decimal | None) -> str:
    """Return an amount in crowns, with its hellers only when there are any; "" when it is not known."""
    if amount is None:
        return ""
    places = 0 if amount == amount.to_integral_value() else 2
    return _("CZK %(amount)s") % {"amount": number_format(amount, decimal_pos=places, force_grouping=True)}


def _fact(term: Any, value: Any, source: str = "", note: Any = "") -> dict[str, Any]:
    shown = value or note
    if value and note:
        shown = format_html('{} <span class="d-block secondary">{}</span>', value, note)
    return {"term": term, "value": shown, "source": source if shown else ""}


def place_facts(row: Municipality) -> list[dict[str, Any]]:
    """Return what is known of the place itself, as key facts."""
    facts = [
        _fact(_("Kind"), row.get_kind_display() if row.kind else ""),
        _fact(_("District"), row.district),
        _fact(pgettext("of the Czech Republic", "Region"), row.region.name, _place_source(row)),
        _fact(_("Size"), row.size.label if row.size else ""),
    ]
    if row.lau2_code != row.code:
        facts.append(_fact(_("LAU 2 code"), row.lau2_code, note=marked(local_text(row, "note"))))
    if row.name_en:
        facts.append(_fact(_("English name"), row.name_en))
    if row.served_by or row.orp:
        facts.append(_seat_fact(row))
    if row.is_pilot:
        facts.append(_fact(_("Takes part in the project"), _("as one of the sixteen"), LIST_SOURCE))
    return facts


def _place_source(row: Municipality) -> str:
    """Return where it is known from that there is such a place: of a pilot, the register tells it, too."""
    return told_sources(row).get("register", row.source)


def population_fact(row: Municipality) -> dict[str, Any]:
    """Return the number of inhabitants, the newest with its day and under it the earlier ones."""
    known = list(row.populations.order_by("-year"))
    if not known:
        return _fact(_("Inhabitants"), "")
    newest, *earlier = known
    told = _("%(number)s on 1 January %(year)s") % {"number": number(newest.value), "year": newest.year}
    if earlier:
        before = ", ".join(f"{one.year}: {number(one.value)}" for one in earlier)
        told = format_html('{} <span class="secondary">({})</span>', told, before)
    return _fact(_("Inhabitants"), told) | {"source": population_sources(row)}


def _seat_fact(row: Municipality) -> dict[str, Any]:
    """Return which municipality decides for it what small ones do not decide themselves."""
    term, seat = _("Municipality with extended powers"), row.served_by
    if seat is None:
        return _fact(term, row.orp, told_sources(row).get("orp", ""))
    name = (
        seat.name if seat == row else format_html('<a href="{}">{}</a>', seat.get_absolute_url(), seat.name)
    )
    return _fact(term, name, seats_source()[_reader()])


def place_codes(row: Municipality) -> list[dict[str, Any]]:
    """Return by what registers and maps know the place, as key facts."""
    said, position = told_sources(row), ""
    if row.latitude is not None and row.longitude is not None:
        position = f"{number_format(row.latitude, 4)}° N, {number_format(row.longitude, 4)}° E"
    return [
        _fact(_("Code"), row.code, said.get("code", "")),
        _fact(_("Region code (NUTS 3)"), row.region_id),
        _fact(_("District code"), row.district_code),
        _fact(_("Position"), position, said.get("position", "")),
    ]


def office_facts(row: Municipality) -> list[dict[str, Any]]:
    """Return how the municipal office is reached, as key facts."""
    link, number_ = '<a href="{}{}">{}</a>', row.office_phone
    words = phone(number_).replace(" ", "\u00a0")
    web = format_html('<a href="{}" rel="noreferrer">{}</a>', row.website, site(row.website) or row.website)
    return [
        _fact(
            _("E-mail"), row.office_email and format_html(link, "mailto:", row.office_email, row.office_email)
        ),
        _fact(_("Phone"), number_ and format_html(link, "tel:", number_, words)),
        _fact(_("Whom to turn to there"), row.office_note),
        _fact(_("Website"), row.website and web, told_sources(row).get("website", "")),
    ]


def office_contacts() -> list[str]:
    """Return the e-mail addresses and telephone numbers of all offices, as their pages show them."""
    rows = Municipality.objects.exclude(office_email="", office_phone="")
    return [contact for row in rows.values_list("office_email", "office_phone") for contact in row]


def _reader() -> str:
    return "en" if (get_language() or "cs").startswith("en") else "cs"


def told_sources(row: Municipality) -> dict[str, str]:
    """Return where single values of a municipality come from, in the reader's language."""
    return getattr(row, f"sources_{_reader()}")


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


def programme_page(programme: Programme) -> dict[str, Any]:
    """Gather what templates/municipalities/programmes/parts.html shows; nothing internal is among it."""
    name, words = local_text(programme, "name"), local_text(programme, "public_text")
    title = name if name.text else LocalText(programme.title)
    facts, money_facts = list(_programme_facts(programme)), list(_money_facts(programme))
    return {
        "ident": f"programme-{programme.pk}",
        "title": title,
        "facts": facts,
        "money": money_facts,
        "unknown": [{**fact, "about": title.text} for fact in [*facts, *money_facts, *_unknown(programme)]],
        "approaches": [(str(one.label), str(EXPLAINED[one])) for one in map(Approach, programme.approaches)],
        "groups": local_text(programme, "target_groups"),
        "ethos": [str(Ethos(key).label) for key in programme.ethos],
        "partners": local_text(programme, "partners"),
        "phases": phases_of(programme),
        "public_text": LocalText(SafeString(markdown.render(words.text)), words.language),
        "sentences": [
            {
                "text": local_text(fact, "text"),
                "sources": sources_of(local_text(fact, "source").text),
            }
            for fact in programme.facts.all()
        ],
        "is_shipped": programme.is_shipped,
        "sources": sources_of(programme.source),
        "changed_at": programme.changed_at,
    }


def _unknown(programme: Programme) -> Iterator[dict[str, Any]]:
    """Yield what a page would say of a programme beside its facts, and what nobody has verified."""
    yield _fact(_("What they do"), bool(programme.approaches) or "")
    yield _fact(_("Whom they help"), bool(local_text(programme, "target_groups").text) or "")
    unverified = local_text(programme, "unverified")
    if unverified.text:
        yield _fact(marked(replace(unverified, text=unverified.text.rstrip("."))), "")


def phases_of(programme: Programme) -> list[dict[str, Any]]:
    """Return what a page shows of each phase of a programme, in the order of time."""
    # What has no date stands at the end, in the order in which it was written.
    phases = sorted(programme.phases.all(), key=lambda row: (row.start or row.end or "9999", row.position))
    return [
        {
            "pk": phase.pk,
            "title": local_text(phase, "title"),
            "text": local_text(phase, "text"),
            "start": partial(phase.start),
            "end": partial(phase.end),
            "sources": sources_of(phase.source),
        }
        for phase in phases
    ]


def _programme_facts(row: Programme) -> Iterator[dict[str, Any]]:
    yield _fact(_("Project"), marked(local_text(row, "name")))
    yield _fact(_("Registration number"), row.registration_number)
    yield _fact(_("Began"), partial(row.start), note=marked(local_text(row, "start_note")))
    yield _fact(_("Ended"), partial(row.end), note=marked(local_text(row, "end_note")))
    flats = "" if row.flats_count is None else number(row.flats_count)
    yield _fact(capfirst(_("flats")), flats, note=marked(local_text(row, "flats_note")))
    households = "" if row.households_supported is None else number(row.households_supported)
    yield _fact(_("Households supported"), households)
    yield _fact(capfirst(_("local concept")), marked(local_text(row, "concept_title")), note=_document(row))
    yield _fact(
        _("Concept approved"),
        partial(row.concept_approved),
        note=marked(local_text(row, "concept_note")),
    )


def _document(row: Programme) -> SafeString | str:
    if row.concept_file is None:
        return ""
    url = reverse("programme-file", args=[row.municipality.slug, row.pk])
    file = row.concept_file
    return format_html('<a href="{}">{}</a> ({})', url, file.name, filesize(file.size))


def _money_facts(row: Programme) -> Iterator[dict[str, Any]]:
    yield _fact(_("Total cost"), money(row.total_cost_czk), note=marked(local_text(row, "total_cost_note")))
    for term, amount in (
        (_("Grant"), row.grant_czk),
        (_("Grant of the European Union"), row.eu_grant_czk),
        (_("National public money"), row.national_public_czk),
    ):
        if amount is not None:
            yield _fact(term, money(amount))
    note = local_text(row, "own_share_note")
    if row.own_share_czk is not None or note.text:
        yield _fact(_("Own share"), money(row.own_share_czk), note=marked(note))
