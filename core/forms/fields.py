"""Fields that forms of every subject share: plain text, telephone, days, partly known dates, files, rows."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import phonenumbers
from crispy_forms.layout import LayoutObject
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.formats import number_format
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.files import attachments
from core.files.pending import PendingFile, find
from core.loading import DAY, MONTH, YEAR
from core.views.paging import whole_number

# Control characters, and marks that turn the direction of writing: nobody types them, they only deceive.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_FORMS = (
    re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?"),
    re.compile(r"(?:(?:(?P<day>\d{1,2})\.\s*)?(?P<month>\d{1,2})\s*[./]\s*)?(?P<year>\d{4})"),
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
# Of a list of short texts.
MOST_LINES, LONGEST_LINE = 30, 200


class LineField(forms.CharField):
    """One line of plain text."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        line = " ".join(UNSEEN.sub("", text.replace("\r", "\n")).split())
        # A line of which nothing is seen says nothing.
        return line if any(map(str.isprintable, line.replace(" ", ""))) else ""


class PlainTextField(forms.CharField):
    """Plain text of several lines, with a counter."""

    def __init__(self, *, rows: int = 8, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "data-counter": ""}), **options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


class LinesField(PlainTextField):
    """A list of short texts, one a line."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("One a line."))
        super().__init__(rows=4, required=False, max_length=MOST_LINES * LONGEST_LINE, **options)

    def clean(self, value: Any) -> list[str]:
        """Return the lines that say something; raises ValidationError for too many or too long ones."""
        lines = [" ".join(line.split()) for line in super().clean(value).split("\n") if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("Write at most %(count)s lines."), params={"count": MOST_LINES})
        if any(len(line) > LONGEST_LINE for line in lines):
            raise ValidationError(
                _("Write at most %(count)s characters on a line."), params={"count": LONGEST_LINE}
            )
        return lines

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class MailField(forms.EmailField):
    """An e-mail address; what is wrong with it is answered by the form that it should have."""

    default_error_messages = {"invalid": _("Write the e-mail in the form name@domain.cz.")}

    def __init__(self, *, required: bool = True, **options: Any) -> None:
        super().__init__(required=required, **options)
        if not required:
            self.error_messages["invalid"] = _(
                "Write the e-mail in the form name@domain.cz, or leave the field empty."
            )


class PhoneField(forms.CharField):
    """A telephone number, Czech unless it begins with another country's code; kept as +420…"""

    default_error_messages = {
        "phone": _("Write the phone number with nine digits, or leave the field empty.")
    }

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"})
        super().__init__(widget=widget, **{"max_length": 40, **options})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "CZ")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_valid_number(number):
            raise ValidationError(self.error_messages["phone"], code="phone")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesBoundField(forms.BoundField):
    """The files of a form that is shown or was sent: what was chosen just now, and what has waited for it."""

    form: Any
    field: "FilesField"

    @property
    def bound_to(self) -> str:
        """The form to which pending files belong: its class, or what it says of itself."""
        return getattr(self.form, "files_bound_to", type(self.form).__qualname__)

    @cached_property
    def data(self) -> tuple[UploadedFile, ...]:
        """What was sent, without what is not wanted any more or was chosen twice."""
        waiting = self._waited()
        known = {(file.name, file.size) for file in waiting}
        chosen = super().data or ()
        new = [upload for upload in chosen if (attachments.clean_name(upload.name), upload.size) not in known]
        if self.field.most == 1 and new:
            waiting = []
        return (*waiting, *new)

    def _waited(self) -> list[PendingFile]:
        removed, waiting = set(self._sent("token_removed")), dict[str, PendingFile]()
        for ticket in self._sent("token")[: 2 * self.field.most]:
            file = find(ticket, self.bound_to)
            if file and ticket in removed:
                file.forget()
            elif file:
                waiting[file.key] = file
        for file in waiting.values():
            if not file.is_late:
                file.read_from_disk()
                # The request closes what it holds.
                self.form.files.appendlist(f"{self.html_name}_waiting", file)
        return list(waiting.values())

    def _sent(self, part: str) -> list[str]:
        data = self.form.data
        return data.getlist(f"{self.html_name}_{part}") if isinstance(data, MultiValueDict) else []

    @cached_property
    def waiting(self) -> list[dict[str, Any]]:
        """What goes along when the form is sent once more; new files are put away for that."""
        if not self.form.is_bound:
            return []
        files = [
            file if isinstance(file, PendingFile) else attachments.put_away(file)
            for file in self.data[: 2 * self.field.most]
        ]
        return [
            {"name": file.name, "size": file.size, "ticket": file.ticket(self.bound_to)}
            for file in files
            if file and not file.is_late
        ]

    @property
    def is_lost(self) -> bool:
        """Whether a file that nothing is wrong with could not be put away."""
        return self.form.is_bound and not self.errors and len(self.waiting) < len(self.data)


class FilesField(forms.Field):
    """Some files, each of which core.files.attachments would take.

    They are there when the form comes back: whoever draws the field by components/file_input.html (or the
    list alone by components/pending_files.html) shows what was chosen, with a box to remove each, and
    `cleaned_data` holds it when the form is sent once more, whether it came back for an error, for a step in
    between or to be confirmed. Nothing else has to be done: what is stored by `attachments.kept` waits no
    longer, what is never sent is swept away after a day. Verbs take it as any upload.

    The files of one form open in no other. A form that is of somebody or about something says so by a
    property `files_bound_to`, a text that stays the same from one sending to the next.
    """

    widget = _FilesInput

    def __init__(self, *, most: int = settings.ATTACHMENT_MAX_FILES, **options: Any) -> None:
        self.most = most
        limits = _("At most 5 files of 10 MB: PDF, pictures, texts, office documents.")
        super().__init__(**{"required": False, "label": _("Files"), "help_text": limits, **options})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"multiple": self.most > 1}

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> FilesBoundField:
        return FilesBoundField(form, self, field_name)

    def clean(self, value: Any) -> tuple[UploadedFile, ...]:
        uploads = tuple(value or ())
        self.validate(uploads)
        if len(uploads) > self.most:
            raise ValidationError(_("Choose at most %(count)s files."), params={"count": self.most})
        errors = []
        for upload in uploads:
            try:
                _check(upload)
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return uploads


def _check(upload: UploadedFile) -> None:
    if isinstance(upload, PendingFile) and upload.is_late:
        raise ValidationError(
            _("The file “%(name)s” has waited for a day. Choose it again."), params={"name": upload.name}
        )
    attachments.check(upload)


class Words(LayoutObject):
    """A paragraph between the fields of a layout."""

    def __init__(self, text: str | Promise) -> None:
        self.text = text

    def render(self, form: forms.Form, context: Any, template_pack: Any = None, **options: Any) -> SafeString:
        return format_html('<p class="secondary">{}</p>', self.text)


class SeenField(forms.IntegerField):
    """A number that the page gives along, such as the version seen; never more than a database holds."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, **options)


class WholeNumberField(forms.IntegerField):
    """A whole number within limits, with spaces or not; a box of text, which no mouse wheel turns."""

    default_error_messages = {"whole": _("Write a whole number from %(least)s to %(most)s.")}

    def __init__(self, *, min_value: int, max_value: int, **options: Any) -> None:
        self.least, self.most = min_value, max_value
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
        super().__init__(min_value=min_value, max_value=max_value, widget=widget, **options)

    def clean(self, value: Any) -> int | None:
        text = re.sub(r"\s", "", "" if value is None else str(value))
        try:
            return super().clean(text)
        except ValidationError:
            if not text:
                raise
            limits = {"least": self.least, "most": self.most}
            told = {name: number_format(limit, force_grouping=True) for name, limit in limits.items()}
            raise ValidationError(self.error_messages["whole"], code="whole", params=told) from None


class RowsField(forms.ModelMultipleChoiceField):
    """Some rows of a list, by their numbers or by the texts of `to_field_name`."""

    def clean(self, value: Any) -> Any:
        """Return the rows; raises ValidationError for what no row could be known by."""
        for known in value if isinstance(value, list | tuple) else ():
            if "\x00" in known if self.to_field_name else whole_number(str(known)) is None:
                message = self.error_messages["invalid_choice"]
                raise ValidationError(message, code="invalid_choice", params={"value": known})
        return super().clean(value)


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar or typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


@dataclass(frozen=True)
class PartialDate:
    """A date as far as it is known: the first day that it may mean, and "day", "month" or "year"."""

    on: date
    precision: str

    def __str__(self) -> str:
        return self.on.isoformat()[: {YEAR: 4, MONTH: 7, DAY: 10}[self.precision]]

    @property
    def typed(self) -> str:
        year, month, day = self.on.year, self.on.month, self.on.day
        return {YEAR: f"{year}", MONTH: f"{month}/{year}", DAY: f"{day}. {month}. {year}"}[self.precision]


def partial_date_of(text: str) -> PartialDate | None:
    """Return the date that was typed or kept as text; None when it is none."""
    match = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    if match is None or not _FIRST_YEAR <= int(match["year"]) <= _LAST_YEAR:
        return None
    precision = DAY if match["day"] else MONTH if match["month"] else YEAR
    try:
        on = date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return None
    return PartialDate(on, precision)


class PartialDateField(forms.CharField):
    """A date that may be known to the year or the month only: 2017, 3/2017, 2017-03, 1. 3. 2017."""

    default_error_messages = {
        "date": _("Write a year, a month or a day, for example 2017, 3/2017 or 1. 3. 2017.")
    }

    def __init__(self, **options: Any) -> None:
        hint = _("As exact as you know it: 2017, 3/2017 or 1. 3. 2017.")
        super().__init__(max_length=20, **{"help_text": hint, **options})

    def clean(self, value: Any) -> PartialDate | None:
        text = " ".join(super().clean(value).split())
        if not text:
            return None
        if (found := partial_date_of(text)) is None:
            raise ValidationError(self.error_messages["date"], code="date")
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.typed if isinstance(value, PartialDate) else value


def choice_field(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """Return a form's field that offers choices; raises TypeError for any other."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"the field {name} offers no choices")
    return field
