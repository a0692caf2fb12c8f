"""Filters of the lists of municipalities and of their returns, kept in the address."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.choices import Approach, ReturnState, Size
from municipalities.models import Membership, Municipality, MunicipalityQuerySet, Region, Return
from municipalities.models.returns import ReturnQuerySet


class MunicipalityFilter(django_filters.FilterSet):
    """By the first letters of the name, by region and by class of size."""

    q = django_filters.CharFilter(method="by_name", label=_("Name begins with"), max_length=80)
    region = django_filters.ModelChoiceFilter(
        queryset=Region.objects.all(),
        to_field_name="slug",
        label=pgettext_lazy("of the Czech Republic", "Region"),
        empty_label=_("all regions"),
    )
    size = django_filters.ChoiceFilter(
        choices=Size.choices, method="by_size", label=_("Size"), empty_label=_("all sizes")
    )

    former = django_filters.BooleanFilter(
        method="by_former", label=_("Also those that no longer exist"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Municipality
        fields: list[str] = []

    def by_name(self, rows: MunicipalityQuerySet, _name: str, words: str) -> MunicipalityQuerySet:
        """Keep those whose name begins with `words`, with or without diacritics."""
        return rows.named(words)

    def by_size(self, rows: MunicipalityQuerySet, _name: str, size: str) -> MunicipalityQuerySet:
        """Keep those of one class of size."""
        return rows.of_size(size)

    def by_former(self, rows: MunicipalityQuerySet, _name: str, wanted: bool) -> MunicipalityQuerySet:
        """Leave out those that are no municipalities of their own any more, unless they are wanted."""
        return rows if wanted else rows.existing()


class ReturnFilter(django_filters.FilterSet):
    """The returns of a period: by their state, and those that are late."""

    state = django_filters.ChoiceFilter(
        choices=ReturnState.choices, label=_("State"), empty_label=_("all states")
    )
    late = django_filters.BooleanFilter(
        method="by_late", label=_("Only those that are late"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Return
        fields: list[str] = []

    def by_late(self, rows: ReturnQuerySet, _name: str, wanted: bool) -> ReturnQuerySet:
        """Keep those that should have been sent already."""
        return rows.late() if wanted else rows


class PublicMunicipalityFilter(MunicipalityFilter):
    """The same for everybody, who also look for what a programme works with; the map follows it."""

    approach = django_filters.ChoiceFilter(
        choices=Approach.choices, method="by_approach", label=_("Approach"), empty_label=_("all approaches")
    )
    pilot = django_filters.BooleanFilter(
        method="by_pilot", label=_("Only municipalities of the project"), widget=forms.CheckboxInput
    )

    def by_approach(self, rows: MunicipalityQuerySet, _name: str, approach: str) -> MunicipalityQuerySet:
        """Keep those whose published programme works with an approach."""
        return rows.working_with(approach)

    def by_pilot(self, rows: MunicipalityQuerySet, _name: str, wanted: bool) -> MunicipalityQuerySet:
        """Keep the sixteen of the project."""
        return rows.pilots() if wanted else rows

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in force, as the address says them."""
        given = {name: self.data.get(name, "") for name in self.form.fields}
        return {name: text for name, text in given.items() if text and name not in self.form.errors}


class DeskMunicipalityFilter(MunicipalityFilter):
    """The same for the desk, and by whether somebody speaks for the municipality."""

    people = django_filters.BooleanFilter(
        method="by_people", label=_("Only with people"), widget=forms.CheckboxInput
    )

    def by_people(self, rows: MunicipalityQuerySet, _name: str, wanted: bool) -> MunicipalityQuerySet:
        """Keep those that somebody speaks for today."""
        spoken_for = Membership.objects.current().values("municipality_id")
        return rows.filter(pk__in=spoken_for) if wanted else rows
