"""Who is asked to confirm a text, what an author answers, and why the text goes out without it."""

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms.fields import LineField, MailField, PlainTextField, SeenField
from core.forms.layouts import sent_by


class AskForm(forms.Form):
    """An author who is asked to confirm the final text."""

    name = LineField(label=pgettext_lazy("of a person", "Name"), max_length=120)
    email = MailField(label=_("E-mail"), max_length=254)
    language = forms.ChoiceField(label=_("Language of letters"), choices=settings.LANGUAGES)

    @property
    def helper(self) -> FormHelper:
        return sent_by("ask", _("Ask the author to confirm the text"), by_keys=False)


class WaiveForm(forms.Form):
    """Why a text is published without an author's word."""

    version = SeenField()
    reason = LineField(label=_("Why it can be published without it"), max_length=300)


class AnswerForm(forms.Form):
    """What an author objects to; without it they confirm."""

    version = SeenField()
    text = PlainTextField(label=_("What has to change"), max_length=4000, rows=5, required=False)
