"""A support request."""

import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from consultations.choices import ACTIVE, DONE, ON_US, Channel, Priority, Receipt, RequesterKind, State
from consultations.models.home import HomeAtRisk
from consultations.models.officials import official_requests, still_theirs
from consultations.models.person import Person
from consultations.models.topic import EthosGroup, TargetGroup, Topic
from core.audit import user_field
from core.links.models import KeptLink, LinkQuerySet
from core.privacy import About, Erase, Retention, Tags
from core.states import pair
from municipalities.models import Municipality

# After so many days without a reply it is time to remind or to close.
SILENT_DAYS = 30
REFERENCE = re.compile(r"^\s*SH-(\d{4})-(\d{1,12})\s*$", re.IGNORECASE)


class SupportRequestQuerySet(LinkQuerySet["SupportRequest"]):
    def visible_to(self, user: Any) -> "SupportRequestQuerySet":
        """Return the requests that an account may see.

        The desk sees all. An official sees those of the municipalities they
        speak for today, except the ones a colleague has marked personal.
        """
        return self if user.has(Permission.VIEW_REQUESTS) else self.filter(official_requests(user))

    def behind_link(self, token: str) -> "SupportRequestQuerySet":
        """Return the request that a private link opens (none or one).

        The link of an official who no longer speaks for the municipality opens nothing.
        """
        asked = models.Q(is_official=False) | models.Q(requester__user=None)
        return super().behind_link(token).filter(asked | models.Q(still_theirs()))

    def with_reference(self, reference: str) -> "SupportRequestQuerySet":
        """Return the request with a reference such as SH-2026-000001 (none or one)."""
        match = REFERENCE.match(reference)
        if not match or len(match[2]) > 12:
            return self.none()
        return self.filter(year=int(match[1]), pk=int(match[2]))

    def active(self) -> "SupportRequestQuerySet":
        """Return requests that are not done with."""
        # Written as IN, a condition on a yes-or-no column is one that SQLite looks up in an index.
        return self.filter(is_active__in=[True])

    def over(self) -> "SupportRequestQuerySet":
        """Return requests that are done with."""
        return self.filter(is_active__in=[False])

    def on_us(self) -> "SupportRequestQuerySet":
        """Return requests whose next step is the Contact Centre's."""
        return self.filter(is_on_us__in=[True])

    def overdue(self) -> "SupportRequestQuerySet":
        """Return requests that should have been answered by now."""
        return self.on_us().filter(due_on__lt=timezone.localdate())

    def homes_at_risk(self) -> "SupportRequestQuerySet":
        """Return requests whose requester loses a home, until it is known what came of it, soonest first."""
        return self.filter(home_risk_order__isnull=False).order_by("home_risk_order", "pk")

    def unread(self) -> "SupportRequestQuerySet":
        """Return requests with words of the requester that nobody of us has read."""
        # Said as the index says it, or SQLite would not see that it holds them.
        return self.filter(has_unread=True)

    def put_aside(self) -> "SupportRequestQuerySet":
        """Return requests that somebody wants to come back to on a day, which may have come."""
        return self.filter(snoozed_until__isnull=False)

    def awake(self) -> "SupportRequestQuerySet":
        """Return requests that are not put aside today."""
        return self.filter(models.Q(snoozed_until=None) | models.Q(snoozed_until__lte=timezone.localdate()))

    def silent(self) -> "SupportRequestQuerySet":
        """Return requests whose requester has not replied to a question for long."""
        return self.filter(
            state=State.WAITING_REQUESTER, asked_back_at__lt=timezone.now() - timedelta(days=SILENT_DAYS)
        )

    def answered(self) -> "SupportRequestQuerySet":
        """Return what real people were answered; a duplicate counts with the one that it repeats."""
        rows = self.filter(is_demo=False, answered_at__isnull=False)
        return rows.exclude(state__in=[State.SPAM, State.DUPLICATE])

    def with_names(self) -> "SupportRequestQuerySet":
        """Return requests with who asks, where, about what and who answers, without notes and texts."""
        return self.select_related(*NAMED).defer("sensitive_note", "link_token")

    def for_list(self) -> "SupportRequestQuerySet":
        """Return what rows of lists show, and no other column: making rows of all of them costs more."""
        return self.select_related(*NAMED).only(*LISTED)


# What a row of a list has beside it, and all that it shows.
NAMED = ("requester", "municipality", "topic", "assignee")
LISTED = (
    "year", "state", "priority", "subject", "requester_kind", "is_personal", "has_unread",
    "received_at", "waiting_since", "asked_back_at", "due_on", "snoozed_until", "snooze_reason",
    "home_loss", "home_at_risk_by", "is_home_at_risk",
    "requester__name", "requester__organisation", "requester__email", "requester__phone",
    "municipality__name", "topic__name_cs", "topic__name_en", "topic__retired_at", "assignee__name",
)  # fmt: skip


class SupportRequest(HomeAtRisk, KeptLink):
    """One matter of one requester, from the first word to the last.

    What was said is in its contacts; decisions about it are in the audit.
    """

    LINK_PAGE = "request"

    year = models.PositiveSmallIntegerField()
    received_at = models.DateTimeField("received", default=timezone.now)
    state = models.CharField("state", max_length=20, choices=State, default=State.NEW)
    # Groups of states, kept by the database itself: a condition on several states at
    # once would make SQLite sort every row of theirs before it shows the first page.
    is_active = models.GeneratedField(
        expression=models.Q(state__in=ACTIVE), output_field=models.BooleanField(), db_persist=True
    )
    is_on_us = models.GeneratedField(
        expression=models.Q(state__in=ON_US), output_field=models.BooleanField(), db_persist=True
    )
    version = models.PositiveIntegerField(default=1)
    channel = models.CharField("channel", max_length=12, choices=Channel)
    requester = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests")
    requester_kind = models.CharField("kind of requester", max_length=20, choices=RequesterKind)
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        related_name="requests",
        verbose_name="municipality",
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, related_name="requests", verbose_name="topic"
    )
    other_topics = models.ManyToManyField(Topic, related_name="+", verbose_name="other topics")
    target_groups = models.ManyToManyField(TargetGroup, related_name="+", verbose_name="target groups")
    ethos = models.ForeignKey(EthosGroup, on_delete=models.PROTECT, null=True, verbose_name="ETHOS group")
    subject = models.CharField("subject", max_length=160)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="cs")
    consent_publish = models.BooleanField("may be published without names", default=False)
    # Asked by an official for the municipality; a personal one is not shown to colleagues.
    is_official = models.BooleanField(default=False)
    is_personal = models.BooleanField("only for me", default=False)
    created_by = user_field(null=True)
    is_demo = models.BooleanField(default=False)

    idempotency_key = models.CharField(max_length=64, unique=True, null=True)

    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="assigned",
        verbose_name="assignee",
    )
    priority = models.PositiveSmallIntegerField("priority", choices=Priority, default=Priority.NORMAL)
    # Words of the requester that nobody of us has read.
    has_unread = models.BooleanField("new message", default=False)
    # Put aside until a day, and why; words of the requester bring it back at once.
    snoozed_until = models.DateField("put aside until", null=True)
    snooze_reason = models.CharField("why it is put aside", max_length=200, blank=True)
    snoozed_at = models.DateTimeField(null=True)
    snoozed_by = user_field(null=True)
    due_on = models.DateField("answer due", null=True)
    # Since when the requester has been waiting for us; empty while we wait for them or all is done.
    waiting_since = models.DateTimeField("waiting since", null=True)
    # When we last asked the requester something; it counts while we wait for them.
    asked_back_at = models.DateTimeField("asked back", null=True)
    answered_at = models.DateTimeField("answered", null=True)
    closed_at = models.DateTimeField("closed", null=True)
    referred_to = models.CharField("referred to", max_length=200, blank=True)
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="duplicates")
    # A duplicate whose contacts went over to the other one, which takes what still comes to this.
    is_merged = models.BooleanField(default=False)
    # The closed request that this one goes on from.
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    # What the sender's domain suggests; it counts for nothing until somebody confirms it.
    guessed_municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Mail to the requester carries a link only, never the answer itself.
    link_only = models.BooleanField("send a link only", default=False)
    # Empty where nothing has been acknowledged: what was loaded, or came before this was kept.
    receipt = models.CharField(max_length=10, choices=Receipt, blank=True)
    sensitive_note = models.TextField("sensitive note", blank=True)
    deletion_requested_at = models.DateTimeField("deletion asked for", null=True)

    MOVES = {
        State.NEW: [State.OPEN, State.DUPLICATE, State.WITHDRAWN, State.REFERRED, State.SPAM],
        State.OPEN: [
            State.WAITING_REQUESTER,
            State.WAITING_EXPERT,
            State.ANSWERED,
            State.DUPLICATE,
            State.WITHDRAWN,
            State.REFERRED,
            State.SPAM,
        ],
        State.WAITING_REQUESTER: [State.OPEN, State.ANSWERED, State.CLOSED, State.WITHDRAWN, State.REFERRED],
        State.WAITING_EXPERT: [
            State.OPEN,
            State.WAITING_REQUESTER,
            State.ANSWERED,
            State.WITHDRAWN,
            State.REFERRED,
        ],
        State.ANSWERED: [State.OPEN, State.WAITING_REQUESTER, State.CLOSED],
        State.CLOSED: [State.OPEN],
        State.DUPLICATE: [State.OPEN],
        State.WITHDRAWN: [State.OPEN],
        State.REFERRED: [State.OPEN, State.CLOSED],
        State.SPAM: [State.OPEN],
    }
    PRIVACY = Tags(
        internal=(
            "id", "year", "received_at", "state", "is_active", "is_on_us", "version", "channel", "requester",
            "requester_kind", "municipality", "topic", "ethos", "language", "consent_publish", "is_official",
            "is_personal", "created_by", "is_demo", "idempotency_key", "assignee", "priority",
            "home_at_risk_by", "due_on", "waiting_since", "asked_back_at", "answered_at", "closed_at",
            "duplicate_of", "follows", "deletion_requested_at", "guessed_municipality", "link_only",
            "is_merged", "receipt", "home_loss", "home_outcome", "home_outcome_at", "home_outcome_by",
            "is_home_at_risk", "home_risk_order", "has_unread", "snoozed_until", "snoozed_at", "snoozed_by",
        ),
        personal={"referred_to": About("requester", Erase.KEEP, Retention.WITH_RECORD)},
        sensitive={
            "subject": About("requester", Erase.REPLACE, Retention.CASE_TEXT),
            "sensitive_note": About("requester", Erase.BLANK, Retention.CASE_TEXT),
            "snooze_reason": About("requester", Erase.BLANK, Retention.CASE_TEXT, export=False),
            "link_token": About("requester", Erase.REPLACE, Retention.CASE_TEXT, export=False),
            "link_digest": About("requester", Erase.REPLACE, Retention.CASE_TEXT, export=False),
        },
    )  # fmt: skip

    objects = SupportRequestQuerySet.as_manager()

    class Meta:
        # One for each filter of the desk's list in its order, and one for each list of the desk today.
        indexes = [
            models.Index(fields=["state", "-id"], name="request_state"),
            models.Index(fields=["is_active", "-id"], name="request_active"),
            models.Index(fields=["assignee", "-id"], name="request_assignee"),
            models.Index(fields=["assignee", "is_active", "-id"], name="request_assignee_active"),
            models.Index(fields=["municipality", "-id"], name="request_municipality"),
            models.Index(fields=["topic", "-id"], name="request_topic"),
            models.Index(fields=["channel", "-id"], name="request_channel"),
            models.Index(fields=["requester_kind", "-id"], name="request_kind"),
            models.Index(fields=["received_at", "id"], name="request_received"),
            models.Index(
                fields=["received_at"], name="request_receipt_owed", condition=models.Q(receipt=Receipt.OWED)
            ),
            models.Index(
                fields=["waiting_since", "id"],
                name="request_waiting",
                condition=models.Q(waiting_since__isnull=False),
            ),
            models.Index(fields=["is_on_us", "assignee", "due_on", "id"], name="request_due"),
            models.Index(fields=["is_on_us", "due_on", "id"], name="request_due_first"),
            models.Index(
                fields=["state", "asked_back_at", "id"],
                name="request_silent",
                condition=models.Q(asked_back_at__isnull=False),
            ),
            models.Index(
                fields=["home_risk_order", "id"],
                name="request_home_at_risk",
                condition=models.Q(home_risk_order__isnull=False),
            ),
            models.Index(
                fields=["assignee", "home_risk_order", "id"],
                name="request_assignee_at_risk",
                condition=models.Q(home_risk_order__isnull=False),
            ),
            models.Index(
                fields=["answered_at"],
                name="request_answered",
                condition=models.Q(answered_at__isnull=False),
            ),
            models.Index(
                fields=["assignee", "id"], name="request_unread", condition=models.Q(has_unread=True)
            ),
            models.Index(
                fields=["snoozed_until", "id"],
                name="request_snoozed",
                condition=models.Q(snoozed_until__isnull=False),
            ),
            # Else SQLite would go through all that somebody ever had.
            models.Index(
                fields=["assignee", "-id"],
                name="request_assignee_snoozed",
                condition=models.Q(snoozed_until__isnull=False),
            ),
            # Few among very many, which else would be looked for row by row.
            models.Index(
                fields=["-id"],
                name="request_snoozed_newest",
                condition=models.Q(snoozed_until__isnull=False),
            ),
            models.Index(fields=["-id"], name="request_unread_newest", condition=models.Q(has_unread=True)),
        ]
        constraints = [
            pair("home_outcome_at", "home_outcome_by", name="request_home_outcome_pair"),
            pair("snoozed_at", "snoozed_by", name="request_snoozed_pair"),
            models.CheckConstraint(
                condition=models.Q(duplicate_of__isnull=False) | ~models.Q(state=State.DUPLICATE),
                name="request_duplicate_of_something",
            ),
            models.CheckConstraint(
                condition=models.Q(is_merged=False)
                | models.Q(state=State.DUPLICATE, duplicate_of__isnull=False),
                name="request_merged_into_something",
            ),
            models.CheckConstraint(
                condition=~models.Q(referred_to="") | ~models.Q(state=State.REFERRED),
                name="request_referred_somewhere",
            ),
            models.CheckConstraint(
                condition=models.Q(is_official=False)
                | models.Q(municipality__isnull=False, created_by__isnull=False),
                name="request_official_for_municipality",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new request its year."""
        self.year = self.year or timezone.localtime(self.received_at).year
        super().save(*args, **kwargs)

    @property
    def reference(self) -> str:
        """The number that people say on the phone: SH-2026-000001."""
        return f"SH-{self.year}-{self.pk:06d}"

    def survivor(self) -> "SupportRequest":
        """The request that takes what comes to this one: itself, unless it was merged into another."""
        request = self
        while request.is_merged:
            request = request.duplicate_of
        return request

    @property
    def is_done(self) -> bool:
        """Whether nothing more will happen unless somebody writes."""
        return self.state in DONE

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been answered by now."""
        return self.state in ON_US and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def is_snoozed(self) -> bool:
        """Whether it is put aside; a home at risk, a late answer and new words bring it back before."""
        is_later = self.snoozed_until is not None and self.snoozed_until > timezone.localdate()
        return is_later and not (self.is_home_at_risk or self.is_overdue or self.has_unread)

    @property
    def has_open_plan(self) -> bool:
        """Whether in-depth support goes on."""
        plan = getattr(self, "plan", None)
        return plan is not None and plan.is_open

    @property
    def can_reopen_by_reply(self) -> bool:
        """Whether a reply still belongs to this request, or begins a new one."""
        if self.closed_at is None:
            return True
        return timezone.now() - self.closed_at <= timedelta(days=settings.REOPEN_DAYS)

    def get_desk_url(self) -> str:
        """The page at the desk."""
        return reverse("desk-request", args=[self.reference])

    def get_my_url(self) -> str:
        """The page for the municipality's officials."""
        return reverse("my-request", args=[self.reference])
