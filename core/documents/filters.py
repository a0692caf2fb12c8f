"""The filters of the desk's list of every kind, as they stand in the address."""

from typing import Any

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.documents.choices import State
from core.documents.models import EditionQuerySet


class DeskFilter(django_filters.FilterSet):
    """Editions at the desk: without a state, all but those that a newer one has replaced."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices, empty_label=_("any"))
    mine = django_filters.BooleanFilter(
        label=_("Written by me"), method="written_by_me", widget=forms.CheckboxInput
    )
    to_review = django_filters.BooleanFilter(
        label=_("Waiting for my review"), method="waiting_for_me", widget=forms.CheckboxInput
    )

    def __init__(self, data: QueryDict, queryset: EditionQuerySet, *, reader: Any) -> None:
        self.reader = reader
        super().__init__(data, queryset)
        # Boxes to tick stand last.
        self.form.order_fields(sorted(self.form.fields, key=lambda name: name in ("mine", "to_review")))

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.exclude(state=State.SUPERSEDED)

    def written_by_me(self, rows: EditionQuerySet, _name: str, wanted: bool) -> EditionQuerySet:
        return rows.filter(author=self.reader) if wanted else rows

    def waiting_for_me(self, rows: EditionQuerySet, _name: str, wanted: bool) -> EditionQuerySet:
        return rows.waiting_for(self.reader) if wanted else rows
