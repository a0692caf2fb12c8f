"""Form fields that several readers of requests share."""

from typing import Any

import phonenumbers
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core import attachments


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to settings.ATTACHMENT_MAX_FILES files, each checked; the value is a list."""

    widget = ManyFilesInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Files"))
        options.setdefault("required", False)
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files; raises ValidationError with a sentence for each that cannot be taken."""
        uploads = [super(FilesField, self).clean(upload, initial) for upload in data or [] if upload]
        if len(uploads) > settings.ATTACHMENT_MAX_FILES:
            raise ValidationError(
                _("Choose at most %(limit)s files at once."), params={"limit": settings.ATTACHMENT_MAX_FILES}
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


class PhoneField(forms.CharField):
    """A phone number, kept with its country code; one without is Czech."""

    default_error_messages = {
        "invalid": _("Write a number such as 601 123 456, or with the country code +421 901 123 456."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Phone"))
        options.setdefault("required", False)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "tel"}))
        super().__init__(max_length=30, **options)

    def clean(self, value: Any) -> str:
        """Return the number as +420601123456, or "" for none."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "CZ")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
