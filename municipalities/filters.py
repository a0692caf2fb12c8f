"""Filters of the lists of municipalities, kept in the address."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.choices import Size
from municipalities.models import Membership, Municipality, MunicipalityQuerySet, Region


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


class DeskMunicipalityFilter(MunicipalityFilter):
    """The same for the desk, and by whether somebody speaks for the municipality."""

    people = django_filters.BooleanFilter(
        method="by_people", label=_("Only with people"), widget=forms.CheckboxInput
    )

    def by_people(self, rows: MunicipalityQuerySet, _name: str, wanted: bool) -> MunicipalityQuerySet:
        """Keep those that somebody speaks for today."""
        spoken_for = Membership.objects.current().values("municipality_id")
        return rows.filter(pk__in=spoken_for) if wanted else rows
