"""The filter of the desk's list of materials beside the plan, as it stands in the address."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from studies.choices import PlanState

AWAY = "away"


class DeskMaterialFilter(django_filters.FilterSet):
    """Materials by words of their title and topics, and by state; those put away only where asked for."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=200)
    state = django_filters.ChoiceFilter(
        choices=[*PlanState.choices, (AWAY, _("put away"))],
        method="in_state",
        label=_("State"),
        empty_label=_("all states"),
    )

    def with_words(self, rows: Any, _name: str, words: str) -> Any:
        """Keep materials in which every word stands somewhere; they are few, so that no index is needed."""
        for word in words.replace("\x00", "").split()[:10]:
            found = Q()
            for column in ("title_cs", "title_en", "topics_cs", "topics_en", "authors_cs"):
                found |= Q(**{f"{column}__icontains": word})
            rows = rows.filter(found)
        return rows

    def in_state(self, rows: Any, _name: str, wanted: str) -> Any:
        return rows.filter(retired_at__isnull=False) if wanted == AWAY else rows.filter(state=wanted)
