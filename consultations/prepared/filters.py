"""The filter of the list of prepared answers, as it stands in the address."""

import django_filters
from django.utils.translation import gettext_lazy as _

from consultations.models import Topic
from consultations.models.prepared import PreparedAnswerQuerySet
from consultations.prepared.actions import SEARCH_KIND
from core import search


class PreparedFilter(django_filters.FilterSet):
    """Prepared answers by topic and words."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=200)
    topic = django_filters.ModelChoiceFilter(
        label=_("Topic"), queryset=Topic.objects.in_use(), to_field_name="slug", empty_label=_("all topics")
    )

    def with_words(self, rows: PreparedAnswerQuerySet, name: str, words: str) -> PreparedAnswerQuerySet:
        return rows.filter(pk__in=search.ids(words, kind=SEARCH_KIND, scope=search.DESK))
