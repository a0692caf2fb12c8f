"""The filters of the list of materials, as they stand in the address."""

import django_filters
from django.utils.translation import gettext_lazy as _

from studies.choices import Kind
from studies.models import Audience

# The kinds that materials have; the others are of the library's documents.
KINDS = (Kind.ANALYSIS, Kind.MANUAL, Kind.HANDBOOK, Kind.STUDY)


class MaterialFilter(django_filters.FilterSet):
    """Materials by whom they are for and what they are. Both hold together; what is unknown is left out."""

    audience = django_filters.ModelChoiceFilter(
        label=_("For whom"),
        queryset=Audience.objects.all(),
        to_field_name="slug",
        empty_label=_("all audiences"),
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), empty_label=_("all kinds"), choices=[(kind.value, kind.label) for kind in KINDS]
    )
