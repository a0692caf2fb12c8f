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


class Channel(models.TextChoices):
    WEB = "web", _("web")
    EMAIL = "email", _("e-mail")
    PHONE_IN = "phone_in", _("phone, they called")
    PHONE_OUT = "phone_out", _("phone, we called")
    IN_PERSON = "in_person", _("in person")
    LETTER = "letter", _("letter")
    DATA_BOX = "data_box", _("data box")
    EVENT = "event", _("at an event")


class Direction(models.TextChoices):
    INBOUND = "inbound", _("from the requester")
    OUTBOUND = "outbound", _("from the Contact Centre")
    NOTE = "note", _("internal note")


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


class Audience(models.TextChoices):
    CITIZEN = "citizen", _("people looking for or keeping a home")
    MUNICIPALITY = "municipality", _("municipalities")
    PROVIDER = "provider", _("non-profits and providers")
    LABOUR_OFFICE = "labour_office", _("Labour Office")
    OWNER = "owner", _("owners of flats")


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


class Helpful(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
