"""Fields that the forms share: plain text, telephone, days and moments, files, the key of a form, a trap."""

import re
from typing import Any

import phonenumbers
from crispy_forms.layout import LayoutObject
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from stdnum.cz import rc

from consultations import keys
from core import attachments
from core.paging import whole_number

# Control characters, and marks that turn the direction of writing: nobody types them, they only deceive.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
MINUTES_OF_A_DAY = 24 * 60
BIRTH_NUMBER = re.compile(r"(?<!\d)\d{6}\s?/?\s?\d{3,4}(?!\d)")


class LineField(forms.CharField):
    """One line of plain text."""

    def to_python(self, value: Any) -> str:
        """Return the line with single spaces and without characters that cannot be seen."""
        text = super().to_python(value)
        return " ".join(UNSEEN.sub("", text.replace("\r", "\n")).split())


class PlainTextField(forms.CharField):
    """Plain text of several lines, with a counter."""

    def __init__(self, *, rows: int = 8, **options: Any) -> None:
        attrs = {"rows": rows, "data-counter": ""}
        super().__init__(widget=forms.Textarea(attrs=attrs), **options)

    def to_python(self, value: Any) -> str:
        """Return the text with one kind of line end and without characters that cannot be seen."""
        text = super().to_python(value)
        return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


class PhoneField(forms.CharField):
    """A telephone number, Czech unless it begins with another country's code; kept as +420…"""

    default_error_messages = {
        "phone": _("Write the phone number with nine digits, or leave the field empty."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 40)
        attrs = {"autocomplete": "tel", "inputmode": "tel"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> str:
        """Return the number as +420602123456, or nothing; raises ValidationError when it is none."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "CZ")
        except phonenumbers.NumberParseException:
            raise ValidationError(self.error_messages["phone"], code="phone") from None
        if not phonenumbers.is_valid_number(number):
            raise ValidationError(self.error_messages["phone"], code="phone")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.Field):
    """Several files, each of which core.attachments would take."""

    widget = _FilesInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("label", _("Files"))
        options.setdefault(
            "help_text", _("At most 5 files of 10 MB: PDF, pictures, texts, office documents.")
        )
        super().__init__(**options)

    def clean(self, value: Any) -> tuple[UploadedFile, ...]:
        """Return the files; raises ValidationError with a sentence for each that cannot be taken."""
        uploads = tuple(value or ())
        if len(uploads) > settings.ATTACHMENT_MAX_FILES:
            raise ValidationError(
                _("Choose at most %(count)s files."), params={"count": settings.ATTACHMENT_MAX_FILES}
            )
        errors = []
        for upload in uploads:
            try:
                attachments.check(upload)
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return uploads


class OnceForm(forms.Form):
    """A form that counts once, however often it is sent, and that no program fills in.

    It carries a signed key (see consultations.keys) and keeps all that was
    typed when it comes back.
    """

    # Only where anybody may write: whoever has a link or an account is no program.
    has_time_gate = False

    idempotency_key = forms.Field(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("idempotency_key", keys.new_key())

    def clean_idempotency_key(self) -> str:
        """Return the key's random part; raises ValidationError when it is forged, too old or too fresh."""
        key = keys.read_key(self.cleaned_data["idempotency_key"] or "")
        if key is None or key.is_too_old:
            self._renew_key()
            raise ValidationError(_("This page was open for a very long time. Please send the form again."))
        if self.has_time_gate and key.is_too_fresh:
            raise ValidationError(
                _("That was very quick. Please look over what you wrote and send it again.")
            )
        return key.value

    def clean(self) -> dict[str, Any]:
        """Browsers do not keep chosen files when a form comes back; say so where they were chosen."""
        cleaned = super().clean()
        if self.errors:
            self._ask_for_files_again()
        return cleaned

    def refuse(self, sentence: str | Promise) -> None:
        """Send the form back, with everything typed, for a reason that no field is to blame for."""
        self.add_error(None, sentence)
        self._ask_for_files_again()

    def _ask_for_files_again(self) -> None:
        if self.files and "files" in self.fields and "files" not in self.errors:
            self.add_error("files", _("Please choose the files again: browsers do not keep them."))

    def _renew_key(self) -> None:
        self.data = self.data.copy()
        self.data["idempotency_key"] = keys.new_key()


def has_birth_number(text: str) -> bool:
    """Tell whether a text holds a valid Czech birth number, with a slash or without."""
    return any(rc.is_valid(found) for found in BIRTH_NUMBER.findall(text))


class LiveBox(LayoutObject):
    """An empty place that a script fills, and a screen reader reads out."""

    def __init__(self, ident: str) -> None:
        self.ident = ident

    def render(self, form: forms.Form, context: Any, template_pack: Any = None, **options: Any) -> SafeString:
        """Return the place."""
        return format_html('<div id="{}" aria-live="polite"></div>', self.ident)


class Words(LayoutObject):
    """A paragraph between the fields of a layout."""

    def __init__(self, text: str | Promise, css: str = "secondary") -> None:
        self.text, self.css = text, css

    def render(self, form: forms.Form, context: Any, template_pack: Any = None, **options: Any) -> SafeString:
        """Return the paragraph."""
        return format_html('<p class="{}">{}</p>', self.css, self.text)


class SeenField(forms.IntegerField):
    """A number that the page gives along, such as the version seen; never more than a database holds."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, **options)


class RowsField(forms.ModelMultipleChoiceField):
    """Some rows of a list, by their numbers."""

    def clean(self, value: Any) -> Any:
        """Return the rows; raises ValidationError for what is no number that a row could have."""
        for number in value if isinstance(value, list | tuple) else ():
            if whole_number(str(number)) is None:
                message = self.error_messages["invalid_choice"]
                raise ValidationError(message, code="invalid_choice", params={"value": number})
        return super().clean(value)


class MinutesField(forms.IntegerField):
    """How long something took."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Minutes"))
        options.setdefault("required", False)
        super().__init__(min_value=0, max_value=MINUTES_OF_A_DAY, **options)


class MomentField(forms.DateTimeField):
    """When something took place: now or earlier."""

    default_error_messages = {
        "future": _("This is still to come. Write when it took place."),
        "invalid": _("Write the day and time, for example 3. 12. 2026 14:30."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("When it took place"))
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> Any:
        """Return the moment; raises ValidationError when it lies in the future."""
        moment = super().clean(value)
        if moment and moment > timezone.now():
            raise ValidationError(self.error_messages["future"], code="future")
        return moment


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar or typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)
