"""What is kept of the Centre, its periods, banners and the footer; columns by their names."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.forms.fields import LineField, MailField, PartialDate, PartialDateField, PhoneField, PlainTextField
from core.forms.own_words import WordsForm
from shsp.models.banner import BannerKind, Place

DATA_BOX = re.compile(r"[a-z0-9]{7}")
MOMENT = "%Y-%m-%dT%H:%M"


class LinkField(LineField):
    """Where a link leads: a page of the portal without its language, or an address elsewhere."""

    default_error_messages = {
        "link": _("Write a page of the portal such as /about/, or an address that begins with https://.")
    }

    def clean(self, value: Any) -> str:
        link = super().clean(value)
        if link and not (_is_page(link) if link.startswith("/") else _is_address(link)):
            raise ValidationError(self.error_messages["link"], code="link")
        return link


def _is_page(link: str) -> bool:
    try:
        resolve(f"/{get_language()}{link.partition('?')[0].partition('#')[0]}")
    except Resolver404:
        return False
    return not link.startswith("//")


def _is_address(link: str) -> bool:
    try:
        URLValidator(schemes=["https", "http"])(link)
    except ValidationError:
        return False
    return True


class MomentField(forms.DateTimeField):
    """A day with its time, chosen in the browser's own calendar or typed."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(
            widget=widget, input_formats=[MOMENT, "%d. %m. %Y %H:%M", "%d.%m.%Y %H:%M"], **options
        )


class CentreForm(WordsForm):
    """Who the Centre is and how it is reached; what is empty is shown nowhere."""

    name_cs = LineField(label=_("Name in Czech"), max_length=120)
    name_en = LineField(label=_("Name in English"), max_length=120)
    email = MailField(label=_("E-mail"))
    phone = PhoneField(label=_("Telephone"), required=False)
    address = LineField(
        label=_("Address"),
        max_length=200,
        required=False,
        help_text=_("Street and number, postcode and town."),
    )
    hours_cs = PlainTextField(label=_("Opening hours in Czech"), max_length=300, rows=3, required=False)
    hours_en = PlainTextField(label=_("Opening hours in English"), max_length=300, rows=3, required=False)
    data_box = LineField(
        label=_("Identifier of the data box"),
        max_length=7,
        required=False,
        help_text=_("Seven letters and digits, such as sc9aavg."),
    )
    officer_email = MailField(label=_("E-mail of the data-protection officer"), required=False)
    officer_phone = PhoneField(label=_("Telephone of the data-protection officer"), required=False)

    def clean_address(self) -> str:
        """Return the address; raises ValidationError when it has no number of a house or postcode."""
        address: str = self.cleaned_data["address"]
        if address and not re.search(r"\d", address):
            raise ValidationError(_("Write the street with its number, the postcode and the town."))
        return address

    def clean_data_box(self) -> str:
        """Return the identifier in small letters; raises ValidationError when it is none."""
        found: str = self.cleaned_data["data_box"].lower()
        if found and not DATA_BOX.fullmatch(found):
            raise ValidationError(_("Write the seven letters and digits of the data box, or leave it empty."))
        return found


class PeriodForm(WordsForm):
    """One project that ran the Centre, or runs it."""

    title_cs = LineField(label=_("Title in Czech"), max_length=200)
    title_en = LineField(label=_("Title in English"), max_length=200)
    registration_number = LineField(label=_("Registration number"), max_length=60, required=False)
    starts = PartialDateField(label=_("Began"))
    ends = PartialDateField(label=_("Ended"), required=False)
    phone = PhoneField(label=_("Telephone"), required=False)
    email = MailField(label=_("E-mail"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    source = forms.URLField(
        label=_("Source"), required=False, max_length=300, assume_scheme="https",
        help_text=_("The address of a page that says so."),
    )  # fmt: skip

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """Return what the form shows of a row; dates as far as they are known."""
        dates = {
            "starts": PartialDate(row.starts_on, row.starts_precision),
            "ends": PartialDate(row.ends_on, row.ends_precision) if row.ends_on else None,
        }
        names = [name for name in cls.base_fields if name not in dates]
        return dates | {name: getattr(row, name) for name in names}

    def words(self) -> dict[str, Any]:
        """Return what was typed, by the names of the columns."""
        words = super().words()
        for side in ("starts", "ends"):
            date: PartialDate | None = words.pop(side)
            words |= {f"{side}_on": date and date.on, f"{side}_precision": date.precision if date else "day"}
        return words


class BannerForm(WordsForm):
    """One plain sentence on top of the site, for a time."""

    text_cs = LineField(label=_("Sentence in Czech"), max_length=200)
    text_en = LineField(label=_("Sentence in English"), max_length=200)
    address = LinkField(
        label=_("Where the link leads"),
        max_length=300,
        required=False,
        help_text=_("A page of the portal such as /about/, or an address that begins with https://."),
    )
    link_cs = LineField(label=_("Words of the link in Czech"), max_length=60, required=False)
    link_en = LineField(label=_("Words of the link in English"), max_length=60, required=False)
    place = forms.ChoiceField(label=_("Where it stands"), choices=Place.choices)
    kind = forms.ChoiceField(label=_("How serious it is"), choices=BannerKind.choices)
    starts_at = MomentField(label=_("Shown from"), initial=timezone.now)
    ends_at = MomentField(
        label=_("Shown until"), required=False, help_text=_("Empty: until somebody retires it.")
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for name in ("link_cs", "link_en"):
            if given.get("address") and not given.get(name):
                self.add_error(name, _("Say where the link leads."))
        if given.get("ends_at") and given.get("starts_at") and given["ends_at"] <= given["starts_at"]:
            self.add_error("ends_at", _("It ends before it begins."))
        return given


class FooterLineForm(WordsForm):
    """One line at the foot of every public page."""

    text_cs = LineField(label=_("Words in Czech"), max_length=120)
    text_en = LineField(label=_("Words in English"), max_length=120)
    address = LinkField(
        label=_("Where it leads"),
        max_length=300,
        required=False,
        help_text=_(
            "A page of the portal such as /about/, or an address that begins with https://. "
            "Empty for words alone."
        ),
    )
