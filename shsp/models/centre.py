"""The Centre's own facts, and the periods of the projects that paid for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.audit.words import OwnWords
from core.loading import Precision
from core.privacy import Tags


class Centre(OwnWords):
    """Who the Centre is and how it is reached: one row. What is empty is not known."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    hours = models.CharField(max_length=300, blank=True)
    data_box = models.CharField(max_length=7, blank=True)
    # The data-protection officer is a function, reached at addresses that the law wants public.
    officer_email = models.EmailField(blank=True)
    officer_phone = models.CharField(max_length=40, blank=True)
    # Where the shipped facts come from: column -> address.
    sources = models.JSONField(default=dict)

    WORDS = {
        "name": _("Name of the Centre"),
        "email": _("E-mail"),
        "phone": _("Telephone"),
        "address": _("Address"),
        "hours": _("Opening hours"),
        "data_box": _("data box"),
        "officer_email": _("E-mail of the data-protection officer"),
        "officer_phone": _("Telephone of the data-protection officer"),
    }
    PRIVACY = Tags(
        public=("id", "slug", "name", "email", "phone", "address", "hours", "data_box", "officer_email",
                "officer_phone", "sources"),
        internal=("shipped", "version", "retired_at"),
    )  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Period(OwnWords):
    """A project that ran, or runs, the Centre: when, under which number, and how it is reached."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    registration_number = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField()
    starts_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    ends_on = models.DateField(null=True)
    ends_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    source = models.URLField(max_length=300, blank=True)

    WORDS = {
        "title": _("Project"),
        "registration_number": _("Registration number"),
        "starts_on": _("Began"),
        "ends_on": _("Ended"),
        "phone": _("Telephone"),
        "email": _("E-mail"),
        "website": _("Website"),
        "source": _("Source"),
    }
    PRIVACY = Tags(
        public=("id", "slug", "title", "registration_number", "starts_on", "starts_precision", "ends_on",
                "ends_precision", "phone", "email", "website", "source"),
        internal=("shipped", "version", "retired_at"),
    )  # fmt: skip

    class Meta:
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return self.title
