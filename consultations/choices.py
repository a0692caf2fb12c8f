"""Fixed lists of requests and summaries, and named groups of states."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequesterKind(models.TextChoices):
    PERSON = "person", _("a person in need, or somebody close to one")
    MUNICIPALITY = "municipality", _("a municipality")
    PROVIDER = "provider", _("a non-profit or a provider of services")
    LABOUR_OFFICE = "labour_office", _("the Labour Office")
    OWNER = "owner", _("an owner of flats")
    RESEARCHER = "researcher", _("a researcher or student")
    OTHER = "other", _("someone else")


# Who uses a channel: the portal itself carries it; or it is only written down, and it was we, they, or both.
# What we send is offered by those that are ours; what is logged may have come by any.
CARRIED, OURS, THEIRS, BOTH = "carried", "ours", "theirs", "both"


class Channel(models.TextChoices):
    """How words came or went: value, icon of img/icons.svg, who uses it, label. All lists follow."""

    WEB = "web", "globe", CARRIED, _("web")
    EMAIL = "email", "mail", CARRIED, _("e-mail")
    PHONE_IN = "phone_in", "phone-in", THEIRS, _("phone, they called")
    PHONE_OUT = "phone_out", "phone-out", OURS, _("phone, we called")
    IN_PERSON = "in_person", "people", BOTH, _("in person")
    LETTER = "letter", "letter", BOTH, _("letter")
    DATA_BOX = "data_box", "box", BOTH, _("data box")
    EVENT = "event", "calendar", BOTH, _("at an event")

    icon: str
    used_by: str

    def __new__(cls, value: str, icon: str = "", used_by: str = "") -> "Channel":
        """Return the channel, a plain text with what is known of it."""
        channel = str.__new__(cls, value)
        channel._value_, channel.icon, channel.used_by = value, icon, used_by
        return channel

    @property
    def is_carried(self) -> bool:
        """Whether the portal itself carries what is written; by any other it is written down only."""
        return self.used_by == CARRIED

    @property
    def is_ours(self) -> bool:
        """Whether we reach somebody by it, beside the mail and the private page."""
        return self.used_by in (OURS, BOTH)


class Direction(models.TextChoices):
    INBOUND = "inbound", _("from the requester")
    OUTBOUND = "outbound", _("from the Contact Centre")
    NOTE = "note", _("internal note")


# A label may be changed alone. A stored value stays: generated columns, kept JSON and saved filters hold it.
class State(models.TextChoices):
    NEW = "new", _("new")
    OPEN = "open", _("being worked on")
    WAITING_REQUESTER = "waiting_requester", _("waiting for the requester")
    WAITING_EXPERT = "waiting_expert", _("waiting for an expert")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed")
    DUPLICATE = "duplicate", _("duplicate")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REFERRED = "referred", _("referred elsewhere")
    SPAM = "spam", _("spam")


# Somebody at the Contact Centre still owes something.
ACTIVE = [State.NEW, State.OPEN, State.WAITING_REQUESTER, State.WAITING_EXPERT]
# The clock runs against us.
ON_US = [State.NEW, State.OPEN, State.WAITING_EXPERT]
# Nothing more will happen unless somebody writes.
DONE = [State.ANSWERED, State.CLOSED, State.DUPLICATE, State.WITHDRAWN, State.REFERRED, State.SPAM]


class Priority(models.IntegerChoices):
    NORMAL = 0, _("normal")
    HIGH = 1, _("high")
    URGENT = 2, _("urgent")


class HomeLoss(models.TextChoices):
    """When whoever asks loses their home; empty where nobody said that they do."""

    LOST = "lost", _("already without a home")
    DAYS = "days", _("within days")
    MONTH = "month", _("this month")
    LATER = "later", _("later")
    UNKNOWN = "unknown", _("not known when")


class HomeOutcome(models.TextChoices):
    """What became of a home that was at risk."""

    KEPT = "kept", _("the home was kept")
    LOST = "lost", _("the home was lost")
    FOUND = "found", _("other housing was found")
    UNKNOWN = "unknown", _("not known")


class Receipt(models.TextChoices):
    """Whether a requester was owed word that the request has come, decided when it came."""

    OWED = "owed", _("owed")
    NO_ADDRESS = "no_address", _("no address was given")
    ENOUGH = "enough", _("the address had enough of them")
    MACHINE = "machine", _("a machine wrote it")


class Certainty(models.TextChoices):
    """How certain an answer is."""

    FACT = "fact", _("stated by law or an official source")
    INTERPRETATION = "interpretation", _("our reading of the law")
    OPINION = "opinion", _("an opinion from practice")


class AnsweredBy(models.TextChoices):
    """Whose answer it is."""

    CENTRE = "centre", _("Contact Centre")
    EXPERT_GROUP = "expert_group", _("expert group")
    MINISTRY = "ministry", _("ministry")


class ExpertState(models.TextChoices):
    """How a question to an outside expert stands."""

    DRAFT = "draft", _("not sent yet")
    SENT = "asked", _("waiting for the expert's answer")
    ANSWERED = "answered", _("answered by the expert")
    DECLINED = "declined", _("declined by the expert")
    REVOKED = "revoked", _("taken back")
    EXPIRED = "expired", _("the link has expired")


class DeclineReason(models.TextChoices):
    """Why an expert does not answer."""

    CONFLICT = "conflict", _("I have a conflict of interest")
    FIELD = "field", _("it is not my field")
    TIME = "time", _("I have no time for it")
    OTHER = "other", _("another reason")


class PeerState(models.TextChoices):
    """How a question to another municipality stands."""

    ASKED = "asked", _("waiting for the municipality's answer")
    ANSWERED = "answered", _("answered by the municipality")
    DECLINED = "declined", _("declined by the municipality")
    REVOKED = "revoked", _("taken back")
    EXPIRED = "expired", _("not answered in time")


class ReadingState(models.TextChoices):
    """How the second reading of an answer stands."""

    ASKED = "asked", _("waiting for a second reader")
    APPROVED = "approved", _("approved, may be sent")
    SENT_BACK = "sent_back", _("sent back to its author")
    USED = "used", _("sent")
    WITHDRAWN = "withdrawn", _("taken back")


class Help(models.TextChoices):
    """What a requester says of our help."""

    HELPED = "helped", _("it helped")
    PARTLY = "partly", _("it helped partly")
    NOT = "not", _("it did not help")


class PlanState(models.TextChoices):
    OPEN = "open", _("in progress")
    CLOSED = "closed", _("ended")


class PlanResult(models.TextChoices):
    REACHED = "reached", _("the goal is reached")
    PARTLY = "partly", _("the goal is partly reached")
    NOT_REACHED = "not_reached", _("the goal is not reached")
    BROKEN_OFF = "broken_off", _("broken off by the other side")


class StepKind(models.TextChoices):
    VISIT = "visit", _("visit")
    CALL = "call", _("call")
    TRAINING = "training", _("training")
    DOCUMENT = "document", _("document")
    OTHER = "other", _("something else")


class StepState(models.TextChoices):
    PLANNED = "planned", _("planned")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class DraftKind(models.TextChoices):
    """What an unsent text is meant to be; an addition to an answer is an answer, too."""

    ANSWER = "answer", _("answer")
    ASK_BACK = "ask-back", _("question for the requester")
    NOTE = "note", _("internal note")


class Doing(models.TextChoices):
    """What somebody does on the page of a request just now."""

    READING = "reading", _("reading")
    WRITING = "writing", _("writing")
