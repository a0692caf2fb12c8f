"""Picking one municipality by its name, by typing three letters or in a search step without JavaScript."""

import re
from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from core.search.prefix import plain
from municipalities.models import Municipality
from municipalities.places.successions import reasons_against_choosing, successors

LEAST_LETTERS = 2
MOST_OFFERS = 12
CODE = re.compile(r"\d{6}")
# "Veselíčko (Přerov, Olomoucký kraj)" or "Veselíčko, Přerov".
WITH_PLACE = re.compile(r"(?P<name>[^(,]+)[(,](?P<places>[^()]+)\)?")


def offers(words: str) -> list[Municipality]:
    """Return up to twelve municipalities whose name or code begins with `words`: pilots, then the biggest.

    One that no longer exists is offered to those only who write its whole name.
    """
    letters = plain(words)
    if len(letters) < LEAST_LETTERS:
        return []
    shown = Q(dissolved_on=None) | Q(search_name=letters) | Q(search_name_en=letters)
    return list(Municipality.objects.named(words).filter(shown).for_list()[:MOST_OFFERS])


def matches(text: str) -> list[Municipality]:
    """Return every municipality that `text` names in full: by code, name, name with place, or slug.

    More than one means that the name alone does not tell; none that there is no such name.
    One that no longer exists does not stand in the way of a namesake that does.
    """
    text = text.strip()
    rows = Municipality.objects.for_list()
    if CODE.fullmatch(text.replace(" ", "")):
        return list(rows.filter(code=text.replace(" ", "")))
    placed = WITH_PLACE.fullmatch(text)
    if placed:
        wanted = {plain(place) for place in placed["places"].split(",")}
        return [row for row in rows.called(placed["name"]) if wanted <= _places(row)]
    called = list(rows.called(text))
    found = [row for row in called if row.dissolved_on is None] or called
    exact = [row for row in found if row.name == text]
    if len(exact) == 1 and plain(text) != text.lower():
        return exact
    return found or list(rows.filter(slug=text))


def _places(row: Municipality) -> set[str]:
    """Return what may tell a municipality from its namesakes; a comma in a name parts it, too."""
    names = (row.district, row.region.name_cs, row.region.name_en or "", row.code)
    return {plain(place) for name in names for place in name.split(",")}


class MunicipalityField(forms.CharField):
    """A text that becomes a Municipality (None when it may be empty and is).

    Lay it out with `Field("municipality", template="components/combobox.html")`.
    A name that is unknown or not unique is an error, and the bound field then
    carries `field.candidates`, among which the page lets one choose. `initial`
    may be a Municipality or its code. With `only_existing` one that no longer
    exists is an error, too, and its successors are the candidates.
    """

    options_url = reverse_lazy("municipality-options")
    default_error_messages = {
        "several": _("More than one municipality has this name. Choose the right one."),
        "similar": _("There is no municipality of exactly this name. Choose one that begins like it."),
        "unknown": _(
            "We do not know a municipality of this name. Check the spelling, or write only its first letters."
        ),
    }

    def __init__(self, *, only_existing: bool = False, **options: Any) -> None:
        options.setdefault("label", _("Municipality"))
        options.setdefault("help_text", _("Write the first three letters, with or without diacritics."))
        super().__init__(max_length=200, **options)
        self.candidates: list[Municipality] = []
        self.only_existing = only_existing

    def clean(self, value: Any) -> Municipality | None:
        """Return the municipality that is meant; raises ValidationError when that is not clear."""
        text = super().clean(value)
        if not text:
            return None
        found = matches(text)
        if len(found) != 1:
            self.candidates = found or offers(text)
            key = "several" if found else "similar" if self.candidates else "unknown"
            raise forms.ValidationError(self.error_messages[key], code=key)
        if self.only_existing and (reasons := reasons_against_choosing(found[0])):
            self.candidates = successors(found[0])
            raise forms.ValidationError(reasons, code="dissolved")
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        """Return what the text field shows: a full name instead of a code."""
        if isinstance(value, str) and CODE.fullmatch(value):
            value = next(iter(matches(value)), value)
        return value.full_name if isinstance(value, Municipality) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != self.prepare_value(data)
