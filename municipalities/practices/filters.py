"""Filters of the lists of practices, of their ledgers and of what was learnt, kept in the address."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import search
from core.documents.filters import DeskFilter
from municipalities.choices import STAGES, UNDER_WAY, AdoptionState, Approach, Size
from municipalities.models import Adoption, Municipality, Practice, PracticeEdition, Region
from municipalities.models.practice import LESSON_KIND, SEARCH_KIND

LABELLED, NOT_LABELLED = "yes", "no"


class _PlaceFilter(django_filters.FilterSet):
    """By class of size and region of a municipality, both of the same one."""

    # Where the rows name it.
    place = "municipality"

    size = django_filters.ChoiceFilter(
        choices=Size.choices, method="later", label=_("Size of the municipality"), empty_label=_("all sizes")
    )
    region = django_filters.ModelChoiceFilter(
        queryset=Region.objects.all(),
        to_field_name="slug",
        method="later",
        label=pgettext_lazy("of the Czech Republic", "Region"),
        empty_label=_("all regions"),
    )

    def later(self, rows: Any, _name: str, _value: Any) -> Any:
        """Keep all; size and region are looked at together."""
        return rows

    def filter_queryset(self, queryset: Any) -> Any:
        """Filter by everything else, then by the municipality."""
        rows = super().filter_queryset(queryset)
        size, region = (self.form.cleaned_data.get(name) for name in ("size", "region"))
        if not size and not region:
            return rows
        places = Municipality.objects.of_size(size) if size else Municipality.objects.all()
        if region:
            places = places.filter(region=region)
        return self.of_places(rows, places.order_by().values("pk"))

    def of_places(self, rows: Any, places: Any) -> Any:
        """Keep rows of the municipalities `places`."""
        return rows.filter(**{f"{self.place}__in": places})


class PracticeFilter(_PlaceFilter):
    """Published practices: where they come from or were taken up, and whether they bear the label."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=200)
    approach = django_filters.ChoiceFilter(
        choices=Approach.choices, label=_("Approach"), empty_label=_("all approaches")
    )
    runs = django_filters.ModelChoiceFilter(
        queryset=Municipality.objects.filter(
            pk__in=Adoption.objects.filter(state=AdoptionState.RUNNING).values("municipality")
        ).order_by("name", "pk"),
        to_field_name="slug",
        method="running_in",
        label=_("Runs in"),
        empty_label=_("anywhere"),
    )
    label = django_filters.ChoiceFilter(
        choices=[(LABELLED, _("with the label")), (NOT_LABELLED, _("without the label"))],
        method="with_label",
        label=_("Label"),
        empty_label=_("any"),
    )

    def with_words(self, rows: Any, _name: str, words: str) -> Any:
        return rows.filter(document_id__in=search.ids(words, kind=SEARCH_KIND, scope=search.PUBLIC))

    def running_in(self, rows: Any, _name: str, place: Municipality) -> Any:
        running = Adoption.objects.filter(municipality=place, state=AdoptionState.RUNNING)
        return rows.filter(document_id__in=running.values("practice"))

    def with_label(self, rows: Any, _name: str, wanted: str) -> Any:
        return rows.labelled() if wanted == LABELLED else rows.not_labelled()

    def of_places(self, rows: Any, places: Any) -> Any:
        """Keep practices that come from there or were taken up there."""
        taken_up = Adoption.objects.filter(municipality__in=places).values("practice")
        own = Practice.objects.filter(municipality__in=places).values("pk")
        return rows.filter(Q(document_id__in=own) | Q(document_id__in=taken_up))


class LessonFilter(_PlaceFilter):
    """What was dropped: by words, by the approach of the practice and by the municipality."""

    place = "adoption__municipality"

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=200)
    approach = django_filters.ChoiceFilter(
        choices=Approach.choices, method="of_approach", label=_("Approach"), empty_label=_("all approaches")
    )

    def with_words(self, rows: Any, _name: str, words: str) -> Any:
        return rows.filter(pk__in=search.ids(words, kind=LESSON_KIND, scope=search.PUBLIC))

    def of_approach(self, rows: Any, _name: str, approach: str) -> Any:
        editions = PracticeEdition.objects.published().filter(approach=approach).values("document_id")
        return rows.filter(adoption__practice__in=editions)


class LedgerFilter(_PlaceFilter):
    """Who has taken a practice up, by how far they are and by the municipality."""

    state = django_filters.ChoiceFilter(
        choices=[*AdoptionState.choices, (UNDER_WAY, _("studied, planned or tried out"))],
        method="in_state",
        label=_("How far it is"),
        empty_label=_("any"),
    )

    def in_state(self, rows: Any, _name: str, wanted: str) -> Any:
        return rows.filter(state__in=STAGES.get(wanted, (wanted,)))


class DeskPracticeFilter(DeskFilter):
    """Editions of practices at the desk, by their approach too."""

    approach = django_filters.ChoiceFilter(
        choices=Approach.choices, label=_("Approach"), empty_label=_("all approaches")
    )
