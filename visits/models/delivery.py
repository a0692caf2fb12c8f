"""How a published report comes to those who could not go, and to those who follow its theme."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from core.audit import user_field
from core.links.models import KeptLink, LinkQuerySet
from core.privacy import About, Erase, Retention, Tags
from core.states import pair
from municipalities.models import Municipality
from municipalities.models.place import visible_by_place
from visits.choices import DeliveryState
from visits.models.report import Report, ReportEdition
from visits.models.visit import Theme


class SubscriptionQuerySet(LinkQuerySet["Subscription"]):
    def visible_to(self, user: Any) -> "SubscriptionQuerySet":
        return self if user.is_authenticated and user.has(Permission.MANAGE_VISITS) else self.none()

    def confirmed(self) -> "SubscriptionQuerySet":
        """Return those that are to be written to: confirmed by their button, and not ended."""
        return self.filter(confirmed_at__isnull=False, ended_at=None)

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
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    PRIVACY = Tags(
        internal=(
            "id", "theme", "municipality", "language", "asked_at", "confirmed_at", "ended_at", "link_token",
            "link_digest",
        ),
        personal={"email": About("self", Erase.DELETE_ROW, Retention.WITH_RECORD)},
    )  # fmt: skip

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), models.F("theme"), condition=Q(ended_at=None), name="subscribed_once"
            ),
            models.UniqueConstraint(
                Lower("email"), condition=Q(ended_at=None, theme=None), name="subscribed_to_all_once"
            ),
        ]
        indexes = [models.Index(fields=["theme", "id"], name="subscription_theme")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_link_dead(self) -> bool:
        return self.ended_at is not None


class DeliveryQuerySet(LinkQuerySet["Delivery"]):
    def visible_to(self, user: Any) -> "DeliveryQuerySet":
        return visible_by_place(self, user)

    def for_list(self) -> "DeliveryQuerySet":
        return self.select_related("report__visit__host", "municipality__region", "edition").order_by("-pk")

    def unread(self) -> "DeliveryQuerySet":
        """Return what waits for whoever it was for: on its way or there, and not confirmed."""
        waiting = (DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.OPENED, DeliveryState.FAILED)
        return self.filter(state__in=waiting)


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
    # The plain id of the mail in the outbox that carries it.
    mail_id = models.BigIntegerField(null=True)
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
                               DeliveryState.ACKNOWLEDGED, DeliveryState.ASKED, DeliveryState.BY_PHONE],
        DeliveryState.SENT: [DeliveryState.OPENED, DeliveryState.ACKNOWLEDGED, DeliveryState.ASKED,
                             DeliveryState.FAILED, DeliveryState.BY_PHONE],
        DeliveryState.OPENED: [DeliveryState.ACKNOWLEDGED, DeliveryState.ASKED, DeliveryState.BY_PHONE],
        DeliveryState.ACKNOWLEDGED: [DeliveryState.ASKED],
        DeliveryState.ASKED: [DeliveryState.ANSWERED],
        DeliveryState.ANSWERED: [DeliveryState.ASKED],
        DeliveryState.FAILED: [DeliveryState.QUEUED, DeliveryState.BY_PHONE, DeliveryState.OPENED,
                               DeliveryState.ACKNOWLEDGED, DeliveryState.ASKED],
        DeliveryState.BY_PHONE: [DeliveryState.DONE, DeliveryState.QUEUED, DeliveryState.OPENED,
                                 DeliveryState.ACKNOWLEDGED, DeliveryState.ASKED],
        DeliveryState.DONE: [DeliveryState.ACKNOWLEDGED, DeliveryState.ASKED],
    }  # fmt: skip
    PRIVACY = Tags(
        internal=(
            "id", "report", "edition", "municipality", "subscription", "state", "version", "language",
            "queued_at", "mail_id", "sent_at", "opened_at", "acknowledged_at", "acknowledged_by", "asked_at",
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
            models.Index(fields=["mail_id"], name="delivery_mail", condition=Q(mail_id__isnull=False)),
            models.Index(
                fields=["request_id"], name="delivery_request", condition=Q(request_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_desk_url(self) -> str:
        return reverse("desk-delivery", args=[self.pk])
