"""Fixed lists of the municipalities' world."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    TOWN = "town", _("town")
    STATUTORY_CITY = "statutory city", _("statutory city")
    CITY_DISTRICT = "city district", _("city district")


class MembershipRole(models.TextChoices):
    CONTACT = "contact", _("contact person")
    SOCIAL_WORKER = "social_worker", _("social worker")
    HEAD = "head", _("head of department")
    MAYOR = "mayor", _("mayor or deputy")


class Size(models.TextChoices):
    """Classes of size by inhabitants, so that a place can be described without its name."""

    VILLAGE = "to-999", _("under 1,000 inhabitants")
    SMALL = "1000-4999", _("1,000 to 4,999 inhabitants")
    TOWN = "5000-19999", _("5,000 to 19,999 inhabitants")
    LARGE_TOWN = "20000-99999", _("20,000 to 99,999 inhabitants")
    CITY = "from-100000", _("100,000 inhabitants and more")


# Lowest and highest number of inhabitants of each class; None is no limit.
BOUNDS: dict[str, tuple[int, int | None]] = {
    Size.VILLAGE: (0, 999),
    Size.SMALL: (1000, 4999),
    Size.TOWN: (5000, 19999),
    Size.LARGE_TOWN: (20000, 99999),
    Size.CITY: (100000, None),
}


class Approach(models.TextChoices):
    """What a local programme works with."""

    LOCAL_CONCEPT = "local_concept", _("local concept")
    SOCIAL_WORK = "social_work", _("social work")
    TIERED_SYSTEM = "tiered_system", _("tiers of housing")
    CRISIS_HOUSING = "crisis_housing", _("crisis housing")
    HOUSING_FIRST = "housing_first", _("Housing First")
    LOSS_PREVENTION = "loss_prevention", _("prevention of housing loss")
    CONTACT_POINT = "contact_point", _("housing contact point")
    FLAT_PURCHASE = "flat_purchase", _("purchase of flats")
    PRIVATE_OWNERS = "private_owners", _("private owners")
    NEW_BUILD = "new_build", _("new or rebuilt flats")
    METHODOLOGY = "methodology", _("methodology")


# A sentence for each, as the data have it.
EXPLAINED = {
    Approach.LOCAL_CONCEPT: _("Local social housing concept written and tested"),
    Approach.SOCIAL_WORK: _("Social worker employed by the municipality supports tenants"),
    Approach.TIERED_SYSTEM: _(
        "Tiers of crisis, social and affordable flats, or step-by-step (prostupné) housing"
    ),
    Approach.CRISIS_HOUSING: _("Short-term crisis flats"),
    Approach.HOUSING_FIRST: _("Housing First or Rapid Re-housing"),
    Approach.LOSS_PREVENTION: _("Prevention of housing loss and of debt"),
    Approach.CONTACT_POINT: _("Contact point (open office) for housing"),
    Approach.FLAT_PURCHASE: _("Purchase of scattered flats from private owners"),
    Approach.PRIVATE_OWNERS: _("Cooperation with private owners of flats"),
    Approach.NEW_BUILD: _("New or rebuilt social flats"),
    Approach.METHODOLOGY: _("Own methodologies, analyses or evaluation published"),
}


class Precision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class Ethos(models.TextChoices):
    """The four groups of the European typology of homelessness, as the ministry uses them."""

    ROOFLESS = "roofless", _("without a roof")
    HOUSELESS = "houseless", _("without a flat")
    INSECURE = "insecure", _("insecure housing")
    INADEQUATE = "inadequate", _("inadequate housing")


class Fate(models.TextChoices):
    """What became of a municipality that is no longer one of its own, or lost a part."""

    MERGED = "merged", _("became a part of")
    SPLIT = "split", _("gave rise to")


class Unit(models.TextChoices):
    """What a value counts."""

    FLATS = "flats", _("flats")
    HOUSEHOLDS = "households", _("households")
    PEOPLE = "people", _("people")
    WORKERS = "workers", _("full-time equivalents")
    CROWNS = "crowns", _("CZK")
    CASES = "cases", _("cases")


class PeriodState(models.TextChoices):
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class ReturnState(models.TextChoices):
    OPEN = "open", pgettext_lazy("return", "being filled in")
    SENT = "sent", pgettext_lazy("return", "sent")
    SENT_BACK = "sent_back", pgettext_lazy("return", "sent back")
    ACCEPTED = "accepted", pgettext_lazy("return", "accepted")


# States of a return in which it is the municipality's turn.
WITH_MUNICIPALITY = (ReturnState.OPEN, ReturnState.SENT_BACK)


class Criterion(models.TextChoices):
    """What a practice is assessed against before it bears the label."""

    NEED = "need", _("It answers a need that is described and shown")
    EVIDENCE = "evidence", _("Its results are shown by evidence, not by opinion")
    HONESTY = "honesty", _("It says what failed and what it cost")
    TRANSFER = "transfer", _("Another municipality can take it over: steps and prerequisites are clear")
    DIGNITY = "dignity", _("It keeps the dignity and the privacy of those who live there")
    CURRENT = "current", _("It is up to date, and somebody can be asked about it")


class Verdict(models.TextChoices):
    MET = "met", pgettext_lazy("criterion", "met")
    PARTLY = "partly", pgettext_lazy("criterion", "partly met")
    NOT_MET = "not_met", pgettext_lazy("criterion", "not met")


class AdoptionState(models.TextChoices):
    """How far a municipality is with a practice."""

    STUDIED = "studied", pgettext_lazy("practice", "studied")
    PLANNED = "planned", pgettext_lazy("practice", "planned")
    PILOTED = "piloted", pgettext_lazy("practice", "piloted")
    RUNNING = "running", pgettext_lazy("practice", "running")
    DROPPED = "dropped", pgettext_lazy("practice", "dropped")


# States of an adoption that a ledger shows together, in its order.
UNDER_WAY = "under-way"
STAGES = {
    AdoptionState.RUNNING.value: (AdoptionState.RUNNING,),
    UNDER_WAY: (AdoptionState.STUDIED, AdoptionState.PLANNED, AdoptionState.PILOTED),
    AdoptionState.DROPPED.value: (AdoptionState.DROPPED,),
}


class ReportReason(models.TextChoices):
    PERSONAL = "personal", _("it tells about a particular person")
    MANNERS = "manners", _("bad manners")
    WRONG = "wrong", _("it is wrong or out of date")
    ELSEWHERE = "elsewhere", _("it does not belong here")


class OfficeKind(models.TextChoices):
    """What an office decides or advises on."""

    CONTACT_POINT = "contact_point", _("contact point for housing")
    SOCIAL = "social", _("social or housing department of the municipality")
    LABOUR_OFFICE = "labour_office", _("branch of the Labour Office")


# What a municipality runs itself; a branch of the Labour Office is the state's.
OF_MUNICIPALITY = (OfficeKind.CONTACT_POINT, OfficeKind.SOCIAL)
# What stands for the source of what a municipality's officials write about its offices.
OWN_SOURCE = "obec"
