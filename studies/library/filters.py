"""The filters of the library, for readers and at the desk, as they stand in the address."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from studies.choices import Kind
from studies.models import Category, Document

OWN, OTHERS, AWAY = "own", "others", "away"


def _shelves(_request: Any) -> Any:
    return Category.objects.in_use()


class LibraryFilter(django_filters.FilterSet):
    """Documents by words, shelf, kind, and whether the ministry made them."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=200)
    shelf = django_filters.ModelChoiceFilter(
        label=_("Shelf"),
        field_name="category",
        queryset=_shelves,
        to_field_name="slug",
        empty_label=_("all shelves"),
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), empty_label=_("all kinds"), choices=Kind.choices)
    by = django_filters.ChoiceFilter(
        label=_("Whose it is"),
        empty_label=_("of anybody"),
        choices=[(OWN, _("of the ministry")), (OTHERS, _("of others"))],
        method="made_by",
    )

    class Meta:
        model = Document
        fields: tuple[str, ...] = ()

    def with_words(self, rows: Any, _name: str, words: str) -> Any:
        """Keep documents in which every word stands somewhere; they are few, so that no index is needed."""
        for word in words.replace("\x00", "").split()[:10]:
            found = Q()
            for column in ("title", "author", "note"):
                found |= Q(**{f"{column}_cs__icontains": word}) | Q(**{f"{column}_en__icontains": word})
            rows = rows.filter(found)
        return rows

    def made_by(self, rows: Any, _name: str, wanted: str) -> Any:
        """Keep what is known to be of the ministry, or of others."""
        return rows.filter(is_own=wanted == OWN)


class DeskLibraryFilter(LibraryFilter):
    """Documents at the desk: those put away, too, where asked for."""

    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=_("offered"), choices=[(AWAY, _("put away"))], method="in_state"
    )

    def in_state(self, rows: Any, _name: str, _wanted: str) -> Any:
        return rows.filter(retired_at__isnull=False)
