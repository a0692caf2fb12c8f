"""The filters of the list of materials, as they stand in the address."""

from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.audit.terms import asked_today
from studies.choices import Kind
from studies.models import Audience, MaterialQuerySet

# The kinds that materials have; the others are of the library's documents.
KINDS = (Kind.ANALYSIS, Kind.MANUAL, Kind.HANDBOOK, Kind.STUDY)


class MaterialFilter(django_filters.FilterSet):
    """Materials by whom they are for and what they are. Both hold together; what is unknown is left out."""

    audience = django_filters.ModelChoiceFilter(
        label=_("For whom"),
        queryset=Audience.objects.in_use(),
        to_field_name="slug",
        empty_label=_("all audiences"),
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), empty_label=_("all kinds"), choices=[(kind.value, kind.label) for kind in KINDS]
    )

    def __init__(self, data: QueryDict, queryset: MaterialQuerySet, **options: Any) -> None:
        super().__init__(asked_today(data, audience=Audience), queryset, **options)
