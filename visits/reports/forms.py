"""What is written of a report: its summary, and each of its parts by a form of its own."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.documents import markdown
from core.documents.forms import DocumentForm, Section
from core.documents.parts.differences import differences_of
from core.documents.parts.forms import FileForm, HeldForm, PartForm, PictureForm, is_picture
from core.forms.fields import LineField, PlainTextField
from visits.choices import Consent, ForWhom
from visits.models import ReportAnswer, ReportEdition, ReportFigure, ReportSection
from visits.reports.differences import COMPARED

MARKS = _("A line that begins with ## is a heading, with - a list; **bold**, [words](https://…) a link.")


class ReportForm(DocumentForm):
    """One edition of a report, but its parts."""

    model = ReportEdition
    sections: tuple[Section, ...] = (Section("", ("title", "summary")),)
    helps = {
        "summary": _("Municipalities get it by e-mail. Say in a few sentences what can be taken home."),
        "summary_en": _("English readers get the title and this; the rest they read in Czech."),
    }
    rows = {"summary": 8}
    readers_section = Section(_("Who is told"), ("readers",))

    def __init__(self, *args: Any, edition: ReportEdition | None = None, **options: Any) -> None:
        if edition and edition.number > 1:
            self.sections = (*self.sections, self.readers_section)
        super().__init__(*args, edition=edition, **options)

    def differences(self, before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
        """Return what differs, part by part where both texts have them."""
        plain = {name: word for name, word in after.items() if name in self.fields}
        return super().differences(before, plain) + differences_of(before, after, COMPARED)


class SectionForm(HeldForm):
    """What a section says."""

    text = PlainTextField(
        label=_("Text"),
        rows=22,
        max_length=ReportSection._meta.get_field("text").max_length,
        required=False,
        help_text=MARKS,
        validators=[markdown.check_links],
    )


class NewSectionForm(PartForm):
    """A section more: what it is called, and perhaps what of the programme it tells of."""

    heading = LineField(label=capfirst(_("heading")), max_length=160)
    item: Any = forms.ModelChoiceField(
        label=_("On the programme"), queryset=None, required=False, empty_label=_("nothing on the programme")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["item"]
        field.queryset = self.edition.document.visit.programme.all()


class AnswerForm(PartForm):
    """The answer to a question that was taken along."""

    wording = LineField(
        label=_("The question, as it is published"),
        max_length=ReportAnswer._meta.get_field("wording").max_length,
        help_text=_("Nothing in it may tell who asked."),
    )
    text = PlainTextField(
        label=capfirst(_("answer")),
        rows=8,
        max_length=ReportAnswer._meta.get_field("text").max_length,
        required=False,
        help_text=_("If you did not ask, or heard nothing, say so."),
        validators=[markdown.check_links],
    )


class FigureForm(PartForm):
    """A number with its source."""

    text = LineField(
        label=pgettext_lazy("of a report", "Figure"),
        max_length=ReportFigure._meta.get_field("text").max_length,
        help_text=_("One sentence with the number and the year, for example: In 2025 Vienna had …"),
    )
    source = LineField(
        label=_("Where it is from"),
        max_length=ReportFigure._meta.get_field("source").max_length,
        help_text=_("An address, a document, or who said it in which post."),
        error_messages={"required": _("Write where the number is from.")},
    )


class LessonForm(PartForm):
    """What can be taken over, and by whom."""

    title = LineField(label=_("What can be taken over"), max_length=160, help_text=_("One sentence."))
    text = PlainTextField(label=_("More closely"), rows=6, max_length=2000, required=False)
    for_whom = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=ForWhom.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick for whom it is.")},
    )


class DocumentFileForm(FileForm):
    """A document to take away."""

    alternative = LineField(label=_("What it is called"), max_length=300)
    field_order = ["version", "files", "alternative"]

    def to_words(self) -> dict[str, Any]:
        return {**super().to_words(), "is_photo": False}

    def clean_files(self) -> Any:
        """Return the file; raises ValidationError for a picture, whose consent nobody would ask for here."""
        files = self.cleaned_data["files"]
        if any(is_picture(file) for file in files):
            raise forms.ValidationError(_("This is a picture. Add it as a photo, so that consent is asked."))
        return files


class PhotoForm(PictureForm):
    """A photo: what is on it, and whether those on it have agreed."""

    alternative = LineField(
        label=_("What is on the photo"),
        max_length=300,
        help_text=_("For whoever does not see it. Do not name people."),
    )
    caption = LineField(label=_("Caption"), max_length=200, required=False)
    consent = forms.ChoiceField(
        label=_("Can somebody be recognised?"),
        choices=Consent.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether somebody can be recognised on it.")},
    )
    section: Any = forms.ModelChoiceField(
        label=_("In the section"), queryset=None, required=False, empty_label=_("below all sections")
    )
    field_order = ["version", "files", "alternative", "caption", "consent", "section"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "files" in self.fields:
            self.fields["files"].label = _("Photo")
            self.fields["files"].help_text = _(
                "At most 10 MB. Where and when it was taken is removed from it here."
            )
        field: Any = self.fields["section"]
        field.queryset = self.edition.sections.all()
        field.label_from_instance = lambda section: section.heading

    def to_words(self) -> dict[str, Any]:
        return {**super().to_words(), "is_photo": True}
