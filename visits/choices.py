"""The states of study visits and of what follows from them, as the portal counts them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VisitState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("visit", "planned")
    OPEN = "open", _("open for sign-up")
    CLOSED = "closed", _("sign-up closed")
    UNDER_WAY = "under_way", _("under way")
    REPORTING = "reporting", _("the report is being written")
    REPORTED = "reported", _("reported")
    ARCHIVED = "archived", _("archived")
    CANCELLED = "cancelled", _("cancelled")


# Before it begins; people may still be named, moved and given up.
COMING = (VisitState.PLANNED, VisitState.OPEN, VisitState.CLOSED)
# It takes place, or has.
HELD = (VisitState.UNDER_WAY, VisitState.REPORTING, VisitState.REPORTED, VisitState.ARCHIVED)


class InvitationState(models.TextChoices):
    """What a municipality said to an invitation."""

    INVITED = "invited", _("no answer yet")
    COMING = "coming", _("has named people")
    DECLINED = "declined", _("cannot go")
    SILENT = "silent", _("did not answer")


class WhyNot(models.TextChoices):
    """Why a municipality cannot go."""

    TIME = "time", _("the dates do not suit us")
    PEOPLE = "people", _("we have nobody to send")
    MONEY = "money", _("we cannot pay for it")
    SUBJECT = "subject", _("it is not our subject")
    OTHER = "other", _("another reason")


class PlaceState(models.TextChoices):
    """How somebody who was named stands with a place on a visit."""

    NAMED = "named", _("waits to be confirmed")
    CONFIRMED = "confirmed", _("has a place")
    WAITING = "waiting", _("on the waiting list")
    GIVEN_UP = "given_up", _("gave the place up")
    REFUSED = "refused", _("has no place")


class PlaceReason(models.TextChoices):
    """Why somebody moved on or off the list by what others did."""

    NEXT = "next", _("A place was given up, and goes to the next on the list.")
    FIRST = "first", _("A place was given up, and goes to a municipality of which nobody was going yet.")
    DECLINED = "declined", _("The municipality cannot go.")
    ORDER = "order", _("The municipality wants its people to go in another order.")


# Who is still to be reckoned with.
STANDING = (PlaceState.NAMED, PlaceState.CONFIRMED, PlaceState.WAITING)


class Consent(models.TextChoices):
    """Whether those on a photo agree with its being public."""

    NOBODY = "nobody", _("nobody can be recognised")
    GIVEN = "given", _("everybody on it has agreed")
    MISSING = "missing", _("somebody can be recognised and has not agreed")


class ForWhom(models.TextChoices):
    """Whom a lesson is for."""

    MUNICIPALITIES = "municipalities", _("municipal offices")
    SOCIAL_WORKERS = "social_workers", _("social workers")
    MAYORS = "mayors", _("mayors and councils")
    LANDLORDS = "landlords", _("landlords")
    STATE = "state", _("the state")


class Readers(models.TextChoices):
    """Who is told of a new edition of a report."""

    EVERYBODY = "everybody", _("everybody to whom the report is delivered")
    READ = "read", _("those who opened or confirmed an earlier edition")
    NOBODY = "nobody", _("nobody")


class DeliveryState(models.TextChoices):
    """How far a report has come to one municipality or subscriber."""

    QUEUED = "queued", pgettext_lazy("delivery", "waits to be sent")
    SENT = "sent", pgettext_lazy("delivery", "sent")
    OPENED = "opened", pgettext_lazy("delivery", "opened")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("delivery", "confirmed")
    ASKED = "asked", _("asks a question")
    ANSWERED = "answered", _("the question is answered")
    FAILED = "failed", _("did not arrive")
    BY_PHONE = "by_phone", _("to be told by phone")
    DONE = "done", _("told by phone")


# The report is with whom it was for, and they have said so.
ARRIVED = (DeliveryState.ACKNOWLEDGED, DeliveryState.ASKED, DeliveryState.ANSWERED, DeliveryState.DONE)


class LessonAnswer(models.TextChoices):
    """What a municipality said to a lesson that was proposed to it."""

    PROPOSED = "proposed", _("no answer yet")
    ADOPTED = "adopted", pgettext_lazy("lesson", "adopted")
    PLANNED = "planned", pgettext_lazy("lesson", "planned")
    NOT_SUITABLE = "not_suitable", _("not suitable for us")
