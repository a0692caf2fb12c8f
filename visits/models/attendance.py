"""Taking part in a visit: invitations, the people named, and the questions taken along."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from core.audit import user_field
from core.links.models import KeptLink, LinkQuerySet
from core.privacy import About, Erase, Retention, Tags
from core.states import pair
from municipalities.models import Municipality
from municipalities.models.place import visible_by_place
from visits.choices import STANDING, InvitationState, PlaceReason, PlaceState, VisitState, WhyNot
from visits.models.visit import ProgrammeItem, StudyVisit

# For so long the mail of an invitation waits.
HOLD = timedelta(minutes=10)


class VisitInvitationQuerySet(models.QuerySet["VisitInvitation"]):
    def visible_to(self, user: Any) -> "VisitInvitationQuerySet":
        return visible_by_place(self, user)

    def for_list(self) -> "VisitInvitationQuerySet":
        return self.select_related("visit__host", "municipality__region", "answered_by")

    def just_invited(self) -> "VisitInvitationQuerySet":
        """Return those whose mail still waits, and from whose municipality nobody has said anything."""
        asked = TravelQuestion.objects.filter(
            visit=models.OuterRef("visit"), municipality=models.OuterRef("municipality")
        )
        rows = self.filter(invited_at__gt=timezone.now() - HOLD, state=InvitationState.INVITED)
        return rows.filter(attendees=None).exclude(models.Exists(asked))

    def absent(self) -> "VisitInvitationQuerySet":
        """Return those of whose municipality nobody is known to have been there."""
        there = Attendee.objects.filter(invitation=models.OuterRef("pk"), was_there=True)
        return self.exclude(models.Exists(there))


class VisitInvitation(models.Model):
    """One municipality is invited to one visit."""

    visit = models.ForeignKey(StudyVisit, on_delete=models.PROTECT, related_name="invitations")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="visit_invitations")
    state = models.CharField("state", max_length=10, choices=InvitationState, default=InvitationState.INVITED)
    version = models.PositiveIntegerField(default=1)
    # Empty where that of the visit holds.
    quota = models.PositiveSmallIntegerField(null=True)
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by = user_field()
    answered_at = models.DateTimeField(null=True)
    answered_by = user_field(null=True)
    why_not = models.CharField(max_length=10, choices=WhyNot, blank=True)
    why_not_text = models.CharField(max_length=300, blank=True)
    reminded_at = models.DateTimeField(null=True)

    MOVES = {
        InvitationState.INVITED: [InvitationState.COMING, InvitationState.DECLINED, InvitationState.SILENT],
        InvitationState.COMING: [InvitationState.DECLINED, InvitationState.INVITED],
        InvitationState.DECLINED: [InvitationState.COMING, InvitationState.INVITED],
        InvitationState.SILENT: [InvitationState.COMING, InvitationState.DECLINED, InvitationState.INVITED],
    }
    PRIVACY = Tags(
        internal=(
            "id", "visit", "municipality", "state", "version", "quota", "invited_at", "invited_by",
            "answered_at", "answered_by", "why_not", "reminded_at",
        ),
        # Free words, in which somebody may be named.
        personal={"why_not_text": About("self", Erase.BLANK, Retention.CASE_TEXT)},
    )  # fmt: skip

    objects = VisitInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "municipality"], name="visit_invited_once"),
            pair("answered_at", "answered_by", name="visit_answered_pair"),
            models.CheckConstraint(
                condition=~models.Q(state=InvitationState.DECLINED) | ~models.Q(why_not=""),
                name="visit_declined_for_reason",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "-visit"], name="invitation_of_municipality")]

    @property
    def leaves_at(self) -> datetime:
        """When the mail of the invitation leaves; until then it can be taken back."""
        return self.invited_at + HOLD

    @property
    def places(self) -> int:
        """How many people of the municipality may go."""
        return self.visit.quota if self.quota is None else self.quota

    def get_my_url(self) -> str:
        return reverse("my-visit", args=[self.pk])


class AttendeeQuerySet(LinkQuerySet["Attendee"]):
    def visible_to(self, user: Any) -> "AttendeeQuerySet":
        """Return whom an account may see: the desk all, officials those of their municipalities."""
        if user.is_authenticated and user.has(Permission.VIEW_DESK):
            return self
        return self.filter(invitation__in=VisitInvitation.objects.visible_to(user))

    def standing(self) -> "AttendeeQuerySet":
        """Return who has a place, waits for one, or is still to be confirmed."""
        return self.filter(state__in=STANDING)

    def for_list(self) -> "AttendeeQuerySet":
        return self.select_related("invitation__municipality").order_by("priority", "pk")


class Attendee(KeptLink):
    """Somebody who was named for a visit; without an invitation it is somebody of the ministry."""

    LINK_PAGE = "link"

    visit = models.ForeignKey(StudyVisit, on_delete=models.PROTECT, related_name="attendees")
    invitation = models.ForeignKey(
        VisitInvitation, on_delete=models.PROTECT, null=True, related_name="attendees"
    )
    state = models.CharField("state", max_length=10, choices=PlaceState, default=PlaceState.NAMED)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField("name", max_length=120)
    post = models.CharField("post", max_length=120, blank=True)
    email = models.EmailField("e-mail", max_length=254)
    phone = models.CharField("phone", max_length=40, blank=True)
    language = models.CharField(max_length=2, default="cs")
    # In which order the municipality wants its people to go, 1 first.
    priority = models.PositiveSmallIntegerField(default=1)
    named_at = models.DateTimeField(default=timezone.now)
    named_by = user_field()
    decided_at = models.DateTimeField(null=True)
    # Why somebody moved on or off the list: by what others did, or in the words of whoever moved them.
    why = models.CharField(max_length=10, choices=PlaceReason, blank=True)
    reason = models.CharField("reason", max_length=300, blank=True)
    # Whether they were there; empty until somebody ticked it, by whom and when.
    was_there = models.BooleanField(null=True)
    ticked_at = models.DateTimeField(null=True)
    ticked_by = user_field(null=True)

    MOVES = {
        PlaceState.NAMED: [
            PlaceState.CONFIRMED, PlaceState.WAITING, PlaceState.GIVEN_UP, PlaceState.REFUSED,
        ],
        PlaceState.WAITING: [
            PlaceState.NAMED, PlaceState.CONFIRMED, PlaceState.GIVEN_UP, PlaceState.REFUSED,
        ],
        PlaceState.CONFIRMED: [PlaceState.GIVEN_UP, PlaceState.WAITING, PlaceState.REFUSED],
        PlaceState.GIVEN_UP: [PlaceState.NAMED, PlaceState.WAITING],
        PlaceState.REFUSED: [PlaceState.NAMED, PlaceState.WAITING],
    }  # fmt: skip
    PRIVACY = Tags(
        internal=(
            "id", "visit", "invitation", "state", "version", "language", "priority", "named_at", "named_by",
            "decided_at", "why", "was_there", "ticked_at", "ticked_by", "link_token", "link_digest",
        ),
        personal={
            "name": About("self", Erase.REPLACE, Retention.CASE_TEXT),
            "post": About("self", Erase.BLANK, Retention.CASE_TEXT),
            "email": About("self", Erase.REPLACE, Retention.CASE_TEXT),
            "phone": About("self", Erase.BLANK, Retention.CASE_TEXT),
            "reason": About("self", Erase.BLANK, Retention.CASE_TEXT),
        },
    )  # fmt: skip

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.F("visit"),
                models.functions.Lower("email"),
                condition=models.Q(state__in=STANDING),
                name="attendee_once",
            ),
            pair("ticked_at", "ticked_by", name="attendee_ticked_pair"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def reason_said(self) -> str:
        """Why they stand as they do, in the reader's language as far as nobody typed it; may be empty."""
        return " ".join(filter(None, (self.get_why_display(), self.reason)))

    @property
    def is_link_dead(self) -> bool:
        return self.visit.state == VisitState.ARCHIVED


class TravelQuestionQuerySet(models.QuerySet["TravelQuestion"]):
    def visible_to(self, user: Any) -> "TravelQuestionQuerySet":
        return visible_by_place(self, user)

    def for_list(self) -> "TravelQuestionQuerySet":
        return self.select_related("municipality", "item").order_by("item__position", "pk")


class TravelQuestion(models.Model):
    """A question that a municipality sends along with the delegation; the report answers it."""

    visit = models.ForeignKey(StudyVisit, on_delete=models.PROTECT, related_name="questions")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="questions_taken_along"
    )
    # Where on the programme it is to be asked; empty is anywhere.
    item = models.ForeignKey(ProgrammeItem, on_delete=models.SET_NULL, null=True, related_name="questions")
    text = models.CharField("question", max_length=500)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = user_field()
    version = models.PositiveIntegerField(default=1)
    # What was heard, in keywords; the report starts from it.
    keywords = models.TextField("what was heard", max_length=2000, blank=True)
    noted_at = models.DateTimeField(null=True)
    noted_by = user_field(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    PRIVACY = Tags(
        internal=(
            "id", "visit", "municipality", "item", "asked_at", "asked_by", "version", "noted_at", "noted_by",
            "withdrawn_at",
        ),
        # Free words, in which somebody may be named.
        personal={
            "text": About("self", Erase.REPLACE, Retention.CASE_TEXT),
            "keywords": About("self", Erase.BLANK, Retention.CASE_TEXT),
        },
    )  # fmt: skip

    objects = TravelQuestionQuerySet.as_manager()

    class Meta:
        constraints = [pair("noted_at", "noted_by", name="travel_question_noted_pair")]

    def __str__(self) -> str:
        return str(self.pk)
