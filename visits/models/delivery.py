"""How a published report comes to those who could not go, and to those who follow its theme."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from core.audit import user_field
from core.links.models import KeptLink, LinkQuerySet
from core.privacy import About, Erase, Retention, Tags
from core.states import pair
from municipalities.models import Municipality
from municipalities.models.place import visible_by_place
from visits.choices import ARRIVED, DeliveryState, Readers
from visits.models.report import Report, ReportEdition
from visits.models.visit import Theme

# Which drawing of a state says what a delivery's says: still on its way, seen, with us, no.
LOOKS = {
    DeliveryState.SENT: "sending",
    DeliveryState.OPENED: "studied",
    DeliveryState.ACKNOWLEDGED: "done",
    DeliveryState.BY_PHONE: "at_risk",
}


class SubscriptionQuerySet(LinkQuerySet["Subscription"]):
    def visible_to(self, user: Any) -> "SubscriptionQuerySet":
        return self if user.is_authenticated and user.has(Permission.MANAGE_VISITS) else self.none()

    def confirmed(self) -> "SubscriptionQuerySet":
        """Return those that are to be written to: confirmed by their button, and not ended."""
        return self.filter(confirmed_at__isnull=False, ended_at=None)

    def for_list(self) -> "SubscriptionQuerySet":
        return self.select_related("theme", "municipality").order_by("-pk")

    def to(self, themes: Any) -> "SubscriptionQuerySet":
        """Return those who follow one of some themes, or all of them."""
        return self.filter(Q(theme=None) | Q(theme__in=themes))


class Subscription(KeptLink):
    """A municipality, or anybody who has confirmed an address, that wants the reports on a theme."""

    LINK_PAGE = "link"

    # Empty is every theme.
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, related_name="subscriptions")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="visit_subscriptions"
    )
    email = models.EmailField("e-mail", max_length=254)
    language = models.CharField(max_length=2, default="cs")
    asked_at = models.DateTimeField(default=timezone.now)
    # The official who has asked for it on behalf of their municipality; empty is whoever has the address,
    # and then the municipality is only what they say.
    asked_by = user_field(null=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    PRIVACY = Tags(
        internal=(
            "id", "theme", "municipality", "language", "asked_at", "asked_by", "confirmed_at", "ended_at",
            "link_token", "link_digest",
        ),
        personal={"email": About("self", Erase.DELETE_ROW, Retention.WITH_RECORD)},
    )  # fmt: skip

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                models.F("theme"),
                condition=Q(ended_at=None, asked_by=None),
                name="subscribed_once",
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(ended_at=None, asked_by=None, theme=None),
                name="subscribed_to_all_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "theme"],
                condition=Q(ended_at=None, asked_by__isnull=False),
                name="municipality_follows_once",
            ),
            models.UniqueConstraint(
                fields=["municipality"],
                condition=Q(ended_at=None, asked_by__isnull=False, theme=None),
                name="municipality_follows_all_once",
            ),
        ]
        indexes = [models.Index(fields=["theme", "id"], name="subscription_theme")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_link_dead(self) -> bool:
        return self.ended_at is not None

    def get_one_click(self) -> str:
        """Where a mail program ends it (RFC 8058)."""
        return reverse("link-one-click", args=[self.link_token])


class Dispatch(models.Model):
    """A published edition on its way out: how far the queueing of its deliveries has come."""

    edition = models.OneToOneField(ReportEdition, on_delete=models.PROTECT, related_name="dispatch")
    version = models.PositiveIntegerField(default=1)
    # Whom it is for, as it was decided when it was published.
    readers = models.CharField(max_length=10, choices=Readers)
    begun_at = models.DateTimeField(default=timezone.now)
    # The last subscription that was looked at; they go out in the order of their numbers.
    after = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    PRIVACY = Tags(internal=("id", "edition", "version", "readers", "begun_at", "after", "done_at"))

    class Meta:
        indexes = [
            models.Index(fields=["begun_at"], name="dispatch_under_way", condition=Q(done_at__isnull=True))
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DeliveryQuerySet(LinkQuerySet["Delivery"]):
    def visible_to(self, user: Any) -> "DeliveryQuerySet":
        return visible_by_place(self, user)

    def for_list(self) -> "DeliveryQuerySet":
        return self.select_related("report__visit__host", "municipality__region", "edition").order_by("-pk")

    def of_public(self) -> "DeliveryQuerySet":
        """Return those of reports that are public now; of one that was withdrawn nobody is told."""
        public = ReportEdition.objects.published().filter(document=models.OuterRef("report"))
        return self.filter(models.Exists(public))

    def to_address(self, *emails: str) -> "DeliveryQuerySet":
        """Return those that went to one of some addresses, however it is capitalised."""
        lower = [email.lower() for email in emails]
        return self.alias(address=Lower("email")).filter(address__in=lower)

    def unread(self) -> "DeliveryQuerySet":
        """Return what waits for whoever it was for: on its way or there, and not confirmed."""
        waiting = (DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.OPENED, DeliveryState.FAILED)
        return self.filter(state__in=waiting)

    def read(self) -> "DeliveryQuerySet":
        """Return those that somebody opened, confirmed, asked about or was told of by phone."""
        never = Q(opened_at=None, acknowledged_at=None, asked_at=None, told_at=None)
        return self.exclude(never)

    def for_desk(self) -> "DeliveryQuerySet":
        """Return what somebody at the desk has to deal with: what did not arrive, and calls to make."""
        stuck = (DeliveryState.FAILED, DeliveryState.BY_PHONE)
        return self.filter(state__in=stuck, municipality__isnull=False)


class Delivery(KeptLink):
    """One edition of a report for one municipality or one subscriber, and how far it has come.

    A municipality gets an edition once, and so does an address.
    """

    LINK_PAGE = "link"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="deliveries")
    edition = models.ForeignKey(ReportEdition, on_delete=models.PROTECT, related_name="deliveries")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="deliveries"
    )
    subscription = models.ForeignKey(
        Subscription, on_delete=models.SET_NULL, null=True, related_name="deliveries"
    )
    state = models.CharField("state", max_length=12, choices=DeliveryState, default=DeliveryState.QUEUED)
    version = models.PositiveIntegerField(default=1)
    # Where it goes; empty where nobody knows an address, which the desk is told.
    email = models.EmailField("e-mail", max_length=254, blank=True)
    language = models.CharField(max_length=2, default="cs")
    queued_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    # Who has confirmed it: somebody with an account; empty is whoever had the personal link.
    acknowledged_by = user_field(null=True)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    # The plain id of the support request that the question became.
    request_id = models.BigIntegerField(null=True)
    failed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    told_by = user_field(null=True)
    # What was said on the phone, or why another address was taken.
    note = models.CharField("note", max_length=300, blank=True)
    next_step_on = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)

    MOVES = {
        DeliveryState.QUEUED: [DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.OPENED,
                               DeliveryState.ACKNOWLEDGED, DeliveryState.ASKED, DeliveryState.BY_PHONE,
                               DeliveryState.DONE],
        DeliveryState.SENT: [DeliveryState.OPENED, DeliveryState.ACKNOWLEDGED, DeliveryState.ASKED,
                             DeliveryState.FAILED, DeliveryState.BY_PHONE, DeliveryState.DONE],
        DeliveryState.OPENED: [DeliveryState.ACKNOWLEDGED, DeliveryState.ASKED, DeliveryState.BY_PHONE,
                               DeliveryState.DONE],
        DeliveryState.ACKNOWLEDGED: [DeliveryState.ASKED],
        DeliveryState.ASKED: [DeliveryState.ANSWERED],
        DeliveryState.ANSWERED: [DeliveryState.ASKED],
        DeliveryState.FAILED: [DeliveryState.QUEUED, DeliveryState.BY_PHONE, DeliveryState.OPENED,
                               DeliveryState.ACKNOWLEDGED, DeliveryState.ASKED, DeliveryState.DONE],
        DeliveryState.BY_PHONE: [DeliveryState.DONE, DeliveryState.QUEUED, DeliveryState.OPENED,
                                 DeliveryState.ACKNOWLEDGED, DeliveryState.ASKED],
        DeliveryState.DONE: [DeliveryState.ACKNOWLEDGED, DeliveryState.ASKED],
    }  # fmt: skip
    PRIVACY = Tags(
        internal=(
            "id", "report", "edition", "municipality", "subscription", "state", "version", "language",
            "queued_at", "sent_at", "opened_at", "acknowledged_at", "acknowledged_by", "asked_at",
            "answered_at", "request_id", "failed_at", "told_at", "told_by", "next_step_on", "reminded_at",
            "link_token", "link_digest",
        ),
        personal={
            "email": About("self", Erase.BLANK, Retention.CASE_TEXT),
            "note": About("self", Erase.BLANK, Retention.CASE_TEXT),
        },
    )  # fmt: skip

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "municipality"], name="delivered_once"),
            models.UniqueConstraint(
                models.F("edition"),
                Lower("email"),
                condition=Q(municipality=None),
                name="delivered_once_to_address",
            ),
            pair("told_at", "told_by", name="delivery_told_pair"),
            models.CheckConstraint(
                condition=Q(municipality__isnull=False) | ~Q(email=""), name="delivered_to_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-id"], name="delivery_of_municipality"),
            models.Index(fields=["report", "-id"], name="delivery_of_report"),
            models.Index(fields=["state", "-id"], name="delivery_by_state"),
            models.Index(
                fields=["next_step_on"], name="delivery_next_step", condition=Q(next_step_on__isnull=False)
            ),
            # Where mail to an address came back, and who has this edition already.
            models.Index(Lower("email"), "edition", name="delivery_to_address"),
            models.Index(
                fields=["request_id"], name="delivery_request", condition=Q(request_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_desk_url(self) -> str:
        return reverse("desk-delivery", args=[self.pk])

    def get_my_url(self) -> str:
        return reverse("my-delivery", args=[self.pk])

    @property
    def whom(self) -> str:
        """For whom it is: a municipality, or an address that follows a theme."""
        return self.municipality.name if self.municipality else self.email

    @property
    def look(self) -> str:
        """The name under which its state is drawn."""
        return LOOKS.get(self.state, self.state)

    @property
    def why_failed(self) -> str:
        """Why it did not arrive, for whoever finds another way."""
        if self.state != DeliveryState.FAILED:
            return ""
        return _("Mail to this address comes back.") if self.email else _("Nobody knows an address.")

    @property
    def last_at(self) -> datetime:
        """When it last went on, as far as the row tells."""
        moments = (
            self.queued_at, self.sent_at, self.opened_at, self.acknowledged_at, self.asked_at,
            self.answered_at, self.failed_at, self.told_at, self.reminded_at,
        )  # fmt: skip
        return max(filter(None, moments))

    @property
    def arrived(self) -> bool:
        """Whether whoever it is for has said that they have it."""
        return self.state in ARRIVED
