"""What is written about an office, a table brought in, and what a visitor says of a wrong contact."""

from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.detector.birth_numbers import has_birth_number
from core.forms.fields import (
    DayField,
    FilesField,
    LineField,
    MailField,
    PartialDate,
    PartialDateField,
    PhoneField,
    SeenField,
    partial_date_of,
)
from core.templatetags.ui import phone
from municipalities.choices import OF_MUNICIPALITY, OfficeKind
from municipalities.models import Office
from municipalities.places.picker import MunicipalityField

Day = TypeVar("Day", date, PartialDate)


def not_to_come(day: Day) -> Day:
    """Return a day of a source; raises ValidationError for one that has not come yet."""
    if (day.on if isinstance(day, PartialDate) else day) > timezone.localdate():
        raise ValidationError(_("The day has not come yet."), code="future")
    return day


def source_field() -> LineField:
    """Return the field for where something is known from."""
    return LineField(
        label=_("Source"),
        max_length=500,
        help_text=_("A page, a letter, who said it: with its address where it has one."),
        error_messages={"required": _("Write where you know it from.")},
    )


def email_field(label: str | Promise) -> MailField:
    """Return the field for an address that everybody can read."""
    return MailField(
        label=label,
        max_length=254,
        required=False,
        help_text=_("Of the office or department, not of one person: everybody can read it."),
    )


def website_field() -> LineField:
    """Return the field for a website."""
    return LineField(
        label=_("Website"),
        max_length=200,
        required=False,
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": _("Write a whole address that begins with https://.")},
    )


class WordsForm(forms.Form):
    """What everybody who keeps an office writes of it; empty is not known."""

    name = LineField(
        label=_("Name of the office"),
        max_length=160,
        error_messages={"required": _("Write the name of the office.")},
    )
    address = LineField(
        label=_("Address"),
        max_length=200,
        required=False,
        help_text=_("Street and number, or the building, as a map finds it."),
    )
    phone = PhoneField(label=_("Phone"), required=False)
    email = email_field(_("E-mail"))
    website = website_field()
    hours = LineField(
        label=_("Opening hours"),
        max_length=200,
        required=False,
        help_text=_("For example: Mondays and Wednesdays 8–17."),
    )
    version = SeenField(required=False)
    # The newest report of a visitor that stood beside the form.
    newest_report = SeenField(required=False)

    columns: tuple[str, ...] = ("name", "address", "phone", "email", "website", "hours")

    @property
    def words(self) -> dict[str, Any]:
        """What is written, by the names of the columns."""
        return {name: str(self.cleaned_data[name] or "") for name in self.columns}

    @classmethod
    def initial_of(cls, office: Office) -> dict[str, Any]:
        """Return what the form shows of an office."""
        told = {name: getattr(office, name) for name in cls.columns}
        return told | {"phone": phone(office.phone), "version": office.version}


class OfficeForm(WordsForm):
    """The same at the desk, which says where it knows it from and of which day that is."""

    source = source_field()
    as_of = PartialDateField(
        label=_("Of which day the source speaks"),
        error_messages={"required": _("Write a year, a month or a day.")},
    )

    columns = (*WordsForm.columns, "source", "as_of")

    @classmethod
    def initial_of(cls, office: Office) -> dict[str, Any]:
        return super().initial_of(office) | {"as_of": partial_date_of(office.as_of)}

    def clean_as_of(self) -> PartialDate:
        return not_to_come(self.cleaned_data["as_of"])


class NewOfficeForm(OfficeForm):
    """An office that the portal does not have yet: where it is and what it does come first."""

    municipality = MunicipalityField(
        only_existing=True, error_messages={"required": _("Write the name of a municipality.")}
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("office", "Kind"),
        choices=[("", _("choose")), *OfficeKind.choices],
        error_messages={"required": _("Choose what kind of office it is.")},
    )

    field_order = ["municipality", "kind"]


class OwnOfficeForm(WordsForm):
    """An office that a municipality's officials add."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("office", "Kind"),
        choices=[("", _("choose")), *((kind.value, kind.label) for kind in OF_MUNICIPALITY)],
        error_messages={"required": _("Choose what kind of office it is.")},
    )

    field_order = ["kind"]


class ImportForm(forms.Form):
    """A table of offices with where it comes from."""

    file = FilesField(
        most=1,
        required=True,
        label=_("Table"),
        help_text=_("CSV in UTF-8 or Windows-1250, with commas or semicolons, of 4 MB at most."),
        error_messages={"required": _("Choose a file.")},
    )
    source = source_field()
    on = DayField(
        label=_("Of which day the table is"), error_messages={"required": _("Write the day of the table.")}
    )

    def clean_on(self) -> date:
        return not_to_come(self.cleaned_data["on"])


class MoreForm(forms.Form):
    """What is wrong with a contact. `website` is a trap for programs: people do not see it."""

    note = LineField(
        label=_("What is wrong?"),
        max_length=300,
        help_text=_(
            "For example: nobody answers there, or the office has moved. Write nothing about yourself."
        ),
        error_messages={"required": _("Write what is wrong, or close the page: your report is with us.")},
    )
    website = forms.CharField(required=False)

    def clean_note(self) -> str:
        if has_birth_number(self.cleaned_data["note"]):
            raise ValidationError(_("This looks like a birth number. Leave it out."), code="birth_number")
        return self.cleaned_data["note"]
