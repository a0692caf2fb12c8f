"""How the office of a municipality wants to be reached."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import LineField, PhoneField, SeenField
from core.templatetags.ui import phone
from municipalities.models import Municipality
from municipalities.places.offices.forms import email_field, website_field


class OfficeForm(forms.Form):
    """The contact of a municipal office, as everybody reads it; empty is not known."""

    # When it was last changed, as the page knew it: "" is never.
    seen = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    # The newest report of a visitor that stood beside the form.
    newest_report = SeenField(required=False)
    email = email_field(_("E-mail of the office"))
    phone = PhoneField(label=_("Phone of the office"), required=False)
    note = LineField(
        label=_("Whom to turn to there"),
        max_length=200,
        required=False,
        help_text=_("Department and opening hours, for example: Social department, Mondays and Wednesdays."),
    )
    website = website_field()

    @staticmethod
    def initial_of(row: Municipality) -> dict[str, Any]:
        return {
            "seen": row.office_changed_at.isoformat() if row.office_changed_at else "",
            "email": row.office_email,
            "phone": phone(row.office_phone),
            "note": row.office_note,
            "website": row.website,
        }
