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
