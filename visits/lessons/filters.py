"""The filter of the desk's list of proposals."""

from typing import Any

import django_filters
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from visits.choices import LessonAnswer
from visits.lessons import queries
from visits.models import Outcome, StudyVisit

ASKED, BY_PHONE = "asked", "phone"


class ProposalFilter(django_filters.FilterSet):
    """By visit, by answer, and by what is still to come."""

    visit = django_filters.ModelChoiceFilter(
        queryset=StudyVisit.objects.filter(report__lessons__proposals__isnull=False)
        .select_related("host")
        .order_by("-position", "-pk")
        .distinct(),
        field_name="lesson__report__visit",
        to_field_name="slug",
        label=_("Study visit"),
        empty_label=_("all visits"),
    )
    state = django_filters.ChoiceFilter(
        choices=LessonAnswer.choices, label=capfirst(_("answer")), empty_label=_("any")
    )
    waiting = django_filters.ChoiceFilter(
        choices=[(ASKED, _("asked what came of it, no answer yet")), (BY_PHONE, _("only the desk can ask"))],
        method="that_waits",
        label=_("What is still to come"),
        empty_label=_("any"),
    )

    def that_waits(self, rows: Any, _name: str, which: str) -> Any:
        """Keep those of which we wait to hear what came of them."""
        asked = queries.to_ask_by_phone() if which == BY_PHONE else Outcome.objects.open()
        return rows.filter(pk__in=asked.order_by().values("proposal"))
