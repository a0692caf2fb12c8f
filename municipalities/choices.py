"""Fixed lists of the municipalities' world."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
        "Tiers of crisis, social and affordable flats, or step-by-step (prostupne) housing"
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
