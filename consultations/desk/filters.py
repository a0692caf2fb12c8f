"""The filters of the desk's list of requests, as they stand in the address.

What an address says wrongly (an unknown topic, no date) is left out and named
in `ignored`, so that an old bookmark still opens the list.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db import models
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.choices import Channel, RequesterKind, State
from consultations.desk.queries import answered_this_week, long_waiting
from consultations.models import Topic, Watch
from consultations.models.request import SupportRequestQuerySet
from consultations.requests.clock import midnight
from core import search
from core.audit.terms import asked_today
from municipalities.models import Municipality
from municipalities.places.picker import MunicipalityField


class Group(models.TextChoices):
    ACTIVE = "active", _("all that are being dealt with")
    DONE = "done", _("all that are over")
    OVERDUE = "overdue", _("overdue")
    SILENT = "silent", _("no reply for 30 days")
    UNREAD = "unread", _("new message")
    SNOOZED = "snoozed", _("put aside")
    AT_RISK = "at_risk", _("home at risk")
    WAITING_LONG = "waiting_long", _("Waiting over 5 working days")
    ANSWERED_THIS_WEEK = "answered_this_week", _("Answered this week")


class Order(models.TextChoices):
    NEWEST = "newest", _("newest first")
    OLDEST = "oldest", _("oldest first")
    WAITING = "waiting", _("waiting longest first")
    RISK = "risk", _("home at risk soonest first")
    DUE = "due", _("answer due first")
    LAST_DUE = "due_last", _("answer due last")
    ASKED = "asked", _("longest without a reply first")


# Orders that run along an index of a few rows show only these.
SHOWN_BY: dict[str, Promise] = {
    Order.WAITING: _("Only those who wait for us are shown."),
    Order.RISK: _("Only homes at risk are shown."),
    Order.DUE: _("Only those that we owe an answer are shown."),
    Order.LAST_DUE: _("Only those that we owe an answer are shown."),
    Order.ASKED: _("Only those whom we asked for something are shown."),
}

ME, NOBODY = "me", "none"
# Parameters of the list that are no filters.
OTHER_PARAMETERS = {"page", "before", "bulk", "more"}

Requests = SupportRequestQuerySet


class MunicipalityFilter(django_filters.Filter):
    field_class = MunicipalityField


class RequestFilter(django_filters.FilterSet):
    """Requests by what the desk looks for. All filters hold together."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=200)
    state = django_filters.ChoiceFilter(
        label=_("State"), method="in_state", empty_label=_("any"), choices=[*Group.choices, *State.choices]
    )
    assignee = django_filters.ChoiceFilter(
        label=_("Assignee"), method="of_assignee", empty_label=_("anybody")
    )
    watched = django_filters.ChoiceFilter(
        label=_("Watched"), method="watched_by", empty_label=_("any"), choices=[(ME, _("by me"))]
    )
    topic = django_filters.ChoiceFilter(label=_("Topic"), method="on_topic", empty_label=_("any"))
    municipality = MunicipalityFilter(label=_("Municipality"), help_text="")
    pilot = django_filters.ChoiceFilter(
        label=capfirst(_("pilot municipality")),
        method="of_pilots",
        empty_label=_("any"),
        choices=[("yes", _("yes")), ("no", _("no"))],
    )
    kind = django_filters.ChoiceFilter(
        label=_("Who asks"),
        field_name="requester_kind",
        empty_label=_("anybody"),
        choices=RequesterKind.choices,
    )
    channel = django_filters.ChoiceFilter(label=_("Channel"), empty_label=_("any"), choices=Channel.choices)
    order = django_filters.ChoiceFilter(
        label=_("Order"), method="in_order", empty_label=None, choices=Order.choices
    )

    def __init__(self, data: QueryDict, queryset: Requests, *, reader: User) -> None:
        self.reader = reader
        super().__init__(asked_today(data, topic=Topic), queryset)
        staff = User.objects.staff().exclude(pk=reader.pk).values_list("pk", "name")
        # Asked for where the filter is drawn or in the address.
        self.filters["topic"].extra["choices"] = lambda: [(topic.slug, topic.name) for topic in self.topics]
        self.filters["assignee"].extra["choices"] = [
            (ME, _("me")),
            (NOBODY, _("nobody")),
            *((str(pk), name) for pk, name in staff),
        ]

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """Add the two dates here: "from" is a word of Python and cannot be declared above."""
        day = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        dates = {
            "from": django_filters.DateFilter(label=_("Received from"), method="received_from", **day),
            "to": django_filters.DateFilter(label=_("Received to"), method="received_to", **day),
        }
        return {**super().get_filters(), **dates}

    @cached_property
    def topics(self) -> list[Topic]:
        return list(Topic.objects.in_use())

    def with_words(self, rows: Requests, name: str, words: str) -> Requests:
        """Keep requests that hold the words, the newest thousand of them."""
        return rows.filter(pk__in=search.ids(words, kind="request"))

    def in_state(self, rows: Requests, name: str, state: str) -> Requests:
        groups: dict[str, Callable[[], Requests]] = {
            Group.ACTIVE: rows.active,
            Group.DONE: rows.over,
            Group.OVERDUE: rows.overdue,
            Group.SILENT: rows.silent,
            Group.UNREAD: rows.unread,
            Group.SNOOZED: rows.put_aside,
            Group.AT_RISK: rows.homes_at_risk,
            Group.WAITING_LONG: partial(long_waiting, rows),
            Group.ANSWERED_THIS_WEEK: partial(answered_this_week, rows),
        }
        return groups[state]() if state in groups else rows.filter(state=state)

    def of_assignee(self, rows: Requests, name: str, who: str) -> Requests:
        """Keep what I have, nobody has, or a colleague has."""
        if who == NOBODY:
            return rows.filter(assignee=None)
        return rows.filter(assignee=self.reader.pk if who == ME else int(who))

    def watched_by(self, rows: Requests, name: str, who: str) -> Requests:
        """Keep what the reader watches."""
        return rows.filter(pk__in=Watch.objects.filter(user=self.reader).values("request"))

    def on_topic(self, rows: Requests, name: str, slug: str) -> Requests:
        return rows.filter(topic=next(topic for topic in self.topics if topic.slug == slug))

    def of_pilots(self, rows: Requests, name: str, answer: str) -> Requests:
        """Keep requests of the sixteen, or those of everybody else."""
        # Asked row by row on the way through the list: IN would fetch every id first.
        is_pilot = Exists(Municipality.objects.pilots().filter(pk=OuterRef("municipality")).order_by())
        return rows.filter(is_pilot if answer == "yes" else ~is_pilot)

    def received_from(self, rows: Requests, name: str, day: date) -> Requests:
        return rows.filter(received_at__gte=midnight(day))

    def received_to(self, rows: Requests, name: str, day: date) -> Requests:
        return rows.filter(received_at__lt=midnight(day + timedelta(days=1)))

    def in_order(self, rows: Requests, name: str, order: str) -> Requests:
        """Keep all; the order is set when every filter is known."""
        return rows

    def filter_queryset(self, queryset: Requests) -> Requests:
        """Filter, then put into the order asked for, each along an index."""
        rows = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        order = asked.get("order") or Order.NEWEST
        # These orders show only what has a place in them.
        if order == Order.WAITING:
            return rows.filter(waiting_since__isnull=False).order_by("waiting_since", "pk")
        if order == Order.RISK:
            return rows.homes_at_risk()
        if order == Order.DUE:
            return rows.on_us().filter(due_on__isnull=False).order_by("due_on", "pk")
        if order == Order.LAST_DUE:
            return rows.on_us().filter(due_on__isnull=False).order_by("-due_on", "-pk")
        if order == Order.ASKED:
            asked = rows.filter(state=State.WAITING_REQUESTER, asked_back_at__isnull=False)
            return asked.order_by("asked_back_at", "pk")
        columns = ["received_at", "pk"] if asked.get("from") or asked.get("to") else ["pk"]
        return rows.order_by(*(columns if order == Order.OLDEST else [f"-{column}" for column in columns]))

    @property
    def is_by_number(self) -> bool:
        """Whether the list runs by number downwards, so that it can go on behind any row."""
        return self.qs.query.order_by == ("-pk",)

    @property
    def shown_only(self) -> Promise | str:
        """Which rows the order leaves out, in words."""
        return SHOWN_BY.get(self.form.cleaned_data.get("order", ""), "")

    @cached_property
    def query(self) -> str:
        """What the address says that is understood, always in one order, to be kept and passed on."""
        said = {
            name: self.data.get(name, "").strip() for name in self.filters if name not in self.form.errors
        }
        return urlencode({name: value for name, value in said.items() if value})

    @cached_property
    def ignored(self) -> list[str]:
        """The parameters of the address that say nothing: unknown names and values nobody understands."""
        known = {*self.filters, *OTHER_PARAMETERS}
        return [*self.form.errors, *(name for name in self.data if name not in known)]
