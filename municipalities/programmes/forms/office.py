"""How the office of a municipality wants to be reached."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from core.forms.fields import LineField, MailField, PhoneField
from municipalities.models import Municipality
from municipalities.places.profile import phone_words


class OfficeForm(forms.Form):
    """The contact of a municipal office, as everybody reads it; empty is not known."""

    # When it was last changed, as the page knew it: "" is never.
    seen = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    email = MailField(
        label=_("E-mail of the office"),
        max_length=254,
        required=False,
        help_text=_("Of the office or department, not of one person: everybody can read it."),
    )
    phone = PhoneField(label=_("Phone of the office"), required=False)
    note = LineField(
        label=_("Whom to turn to there"),
        max_length=200,
        required=False,
        help_text=_("Department and opening hours, for example: Social department, Mondays and Wednesdays."),
    )
    website = LineField(
        label=_("Website"),
        max_length=200,
        required=False,
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": _("Write a whole address that begins with https://.")},
    )

    @staticmethod
    def initial_of(row: Municipality) -> dict[str, Any]:
        return {
            "seen": row.office_changed_at.isoformat() if row.office_changed_at else "",
            "email": row.office_email,
            "phone": phone_words(row.office_phone),
            "note": row.office_note,
            "website": row.website,
        }
