"""The short code: what it is to ask for, and finding a request by it."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.intake.actions.short_code import reasons_against_word
from consultations.models import SupportRequest
from consultations.models.short_code import LENGTH, read_code
from consultations.requests.queries import masked_phone
from core.forms.fields import LineField

PHONE, WORD = "phone", "word"
# What is typed here is kept by no browser and mended by none.
PLAIN = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class ProofField(forms.ChoiceField):
    """By what besides the code a request is to be found."""

    widget = forms.RadioSelect
    hints = {WORD: _("Better where somebody you are afraid of knows your number.")}

    def offer(self, phone: str, word: str | Promise) -> None:
        """Offer the number that the request has, and a word."""
        words = _("The phone number %(phone)s") % {"phone": masked_phone(phone)}
        self.choices = [(PHONE, words), (WORD, word)]


class CodeFields(forms.Form):
    """What a short code asks for besides; without a phone number that is a word."""

    own_word: str | Promise = _("A word that I choose")

    asks_for = ProofField(
        label=_("What do you want to say with the code?"),
        initial=PHONE,
        error_messages={"required": _("Choose one of the two.")},
    )
    word = LineField(
        label=_("Your word"),
        max_length=60,
        required=False,
        help_text=_(
            "At least six signs, and not your name. Capitals, accents and spaces do not matter. "
            "Remember it well: we keep it so that nobody can read it, and cannot tell you."
        ),
        widget=forms.TextInput(attrs=PLAIN),
        error_messages={"required": _("Write a word.")},
    )

    case: SupportRequest

    def begin(self, case: SupportRequest) -> None:
        """Ask for what the request has."""
        self.case, field = case, self.fields["asks_for"]
        if case.requester.phone and isinstance(field, ProofField):
            field.offer(case.requester.phone, self.own_word)
        else:
            del self.fields["asks_for"]
            self.fields["word"].required = True

    def clean(self) -> dict[str, Any]:
        """Return the word, "" where the phone number is to be asked for."""
        said = self.cleaned_data
        is_by_word = said.pop("asks_for", "" if "asks_for" in self.fields else WORD) == WORD
        word = said.get("word", "") if is_by_word else ""
        if word:
            for reason in reasons_against_word(self.case, word=word):
                self.add_error("word", reason)
        elif is_by_word and not self.errors:
            self.add_error("word", _("Write a word."))
        return {**said, "word": word}


class CodeForm(CodeFields):
    """The requester's own form."""

    def __init__(self, *args: Any, case: SupportRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.begin(case)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout("word")
        if "asks_for" in self.fields:
            helper.layout.insert(0, Field("asks_for", template="components/choice_cards.html"))
        helper.add_input(Submit("send", _("Make a short code")))
        return helper


class FindForm(forms.Form):
    """A short code, and what it asks for."""

    code = LineField(
        label=_("Short code"),
        max_length=40,
        help_text=_("Six signs. Capitals, spaces and dashes do not matter."),
        widget=forms.TextInput(attrs=PLAIN),
        error_messages={"required": _("Write the six signs of the code.")},
    )
    proof = LineField(
        label=_("Your phone number, or your word"),
        max_length=100,
        help_text=_("What you chose when you got the code."),
        widget=forms.TextInput(attrs=PLAIN),
        error_messages={"required": _("Write your phone number, or your word.")},
    )

    def clean_code(self) -> str:
        """Return the code as it was meant; raises ValidationError for what can be none."""
        code = read_code(self.cleaned_data["code"])
        if len(code) != LENGTH:
            raise ValidationError(_("Write the six signs of the code."))
        return code

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout("code", "proof")
        helper.add_input(Submit("send", _("Find my request")))
        return helper
