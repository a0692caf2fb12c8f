"""What is kept of a member of the expert group."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms.fields import DayField, LineField, MailField, PlainTextField
from core.forms.own_words import WordsForm
from studies.models import Expert


class ExpertForm(WordsForm):
    """A member; the public learns nothing of one who has not agreed."""

    name = LineField(label=pgettext_lazy("of a person", "Name"), max_length=120)
    email = MailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Invitations to read a material go there. Visitors never see it."),
    )
    language = forms.ChoiceField(label=_("Language of letters"), choices=settings.LANGUAGES)
    field_cs = LineField(label=_("Field, in Czech"), max_length=160)
    field_en = LineField(label=_("Field, in English"), max_length=160)
    institution_cs = LineField(label=_("Institution, in Czech"), max_length=160, required=False)
    institution_en = LineField(label=_("Institution, in English"), max_length=160, required=False)
    since = DayField(label=_("Member since"), required=False)
    until = DayField(label=_("Member until"), required=False)
    consented_on = DayField(
        label=_("Agreed to be named in public on"),
        required=False,
        help_text=_("Leave it empty where nobody has asked, or where they said no."),
    )
    note = PlainTextField(label=_("Note, for the desk alone"), max_length=1000, rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        """An address is of one member; nobody has agreed on a day to come, or left before they came."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until, agreed = (cleaned.get(name) for name in ("since", "until", "consented_on"))
        if since and until and until < since:
            self.add_error("until", _("This day is before the one on which the membership began."))
        if agreed and agreed > timezone.localdate():
            self.add_error("consented_on", _("This day is yet to come."))
        others = Expert.objects.filter(email__iexact=cleaned.get("email") or "-")
        if others.exclude(email=self.initial.get("email", "")).exists():
            self.add_error("email", _("Another member has this address."))
        return cleaned
