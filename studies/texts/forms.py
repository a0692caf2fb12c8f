"""What is written of the text of a material: how it is cited, and each of its parts by a form of its own."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.documents import markdown
from core.documents.forms import DocumentForm, Section
from core.documents.parts.differences import Compared, differences_of, texts
from core.documents.parts.forms import FileForm, HeldForm, PartForm, PictureForm
from core.files.sniffing import OFFICE, sniff
from core.forms.fields import FilesField, LineField, PlainTextField
from studies.choices import FileRole
from studies.exports import accessibility
from studies.imports import docx, odt
from studies.imports.manuscript import CannotRead, Manuscript, manuscript_of
from studies.models import Chapter, MaterialEdition, MaterialFigure, MaterialFile

# Words that no chapter's address may be: other things of an edition stand there.
TAKEN_SLUGS = frozenset({"whole", "pdf", "epub", "cite", "figures", "files"})
# How the parts of two editions are compared.
COMPARED = {
    "chapters": Compared(
        ("slug", "heading"), _("Chapter “%(name)s”"), "heading", texts("heading", "authors", "text")
    ),
    "figures": Compared(
        ("key", "attachment_id"), _("Figure “%(name)s”"), "key", texts("alternative", "caption", "source")
    ),
    "files": Compared(("attachment_id",), _("File “%(name)s”"), "name", texts("name", "reason")),
}


def check_isbn(value: str) -> None:
    """Raise ValidationError for what cannot be the number of a book."""
    digits = re.sub(r"[\s–-]", "", value).upper()
    if re.fullmatch(r"\d{13}", digits):
        is_right = sum(int(one) * (3 if at % 2 else 1) for at, one in enumerate(digits)) % 10 == 0
    elif re.fullmatch(r"\d{9}[\dX]", digits):
        numbers = [10 if one == "X" else int(one) for one in digits]
        is_right = sum(one * (10 - at) for at, one in enumerate(numbers)) % 11 == 0
    else:
        is_right = False
    if not is_right:
        raise ValidationError(_("This is no ISBN: look whether a digit is missing or two are swapped."))


class MaterialTextForm(DocumentForm):
    """One edition of the text of a material, but its parts."""

    model = MaterialEdition
    sections: tuple[Section, ...] = (
        Section("", ("title", "abstract", "short_version")),
        Section(_("How it is cited"), ("authors", ("publisher", "isbn"))),
        Section(_("When it is looked at again"), ("review_on",)),
    )
    helps = {
        "title": _("The English title and what it is about are needed before it is published."),
        "abstract": _("In a few sentences: for whom it is, and what they can do with it."),
        "short_version": _("The most important things in short sentences, for whoever has five minutes."),
        "authors": _("One a line, as they are to be cited: Surname, First name."),
    }
    rows = {"abstract": 5, "short_version": 10, "authors": 3}
    optional_english = ("short_version",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["isbn"].validators.append(check_isbn)

    def differences(self, before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
        """Return what differs, part by part where both texts have them."""
        plain = {name: word for name, word in after.items() if name in self.fields}
        return super().differences(before, plain) + differences_of(before, after, COMPARED)


class ChapterForm(HeldForm):
    """What a chapter says, and who wrote it where that are not the authors of the whole."""

    text = PlainTextField(
        label=_("Text"),
        rows=26,
        max_length=Chapter._meta.get_field("text").max_length,
        required=False,
        validators=[markdown.check_links],
    )
    authors = LineField(
        label=_("Authors of the chapter"),
        max_length=300,
        required=False,
        help_text=_("Where they are not the authors of the whole."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Where what is pasted becomes marks (js/paste.js).
        self.fields["text"].widget.attrs["data-paste"] = reverse("desk-material-text-paste")


class NewChapterForm(PartForm):
    """A chapter more: what it is called."""

    heading = LineField(label=capfirst(_("heading")), max_length=160)


def slug_of(row: Any, words: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the address of a chapter whose heading is written; it stays once an edition was published."""
    heading = words.get("heading", "")
    if not heading or (row.pk and (row.edition.number > 1 or heading == row.heading)):
        return {}
    wanted = slugify(heading)[:70].strip("-") or "kapitola"
    used = TAKEN_SLUGS | set(row.edition.chapters.exclude(pk=row.pk).values_list("slug", flat=True))
    slugs = (f"{wanted}-{number}" if number > 1 else wanted for number in range(1, len(used) + 2))
    slug = next(one for one in slugs if one not in used)
    # Ids of notes begin with it, so that the text is rendered anew.
    return {"slug": slug, "text": words.get("text", row.text)}


class FigureForm(PictureForm):
    """A figure: what is on it, how the chapters call it, and where it is from."""

    key = forms.SlugField(
        label=pgettext_lazy("of a figure", "Key"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens. Chapters show the figure by it: ![](figure:key)"),
        error_messages={"invalid": _("Use small letters without accents, digits and hyphens alone.")},
    )
    alternative = LineField(
        label=_("What is on the figure"),
        max_length=MaterialFigure._meta.get_field("alternative").max_length,
        required=False,
        help_text=_("For whoever does not see it: what it shows, not that it is a figure."),
    )
    is_decorative = forms.BooleanField(
        label=_("It only decorates, and tells nothing that the text does not say"), required=False
    )
    caption = LineField(label=_("Caption"), max_length=300, required=False)
    source = LineField(label=pgettext_lazy("of a figure", "Source"), max_length=300, required=False)
    field_order = ["version", "files", "key", "alternative", "is_decorative", "caption", "source"]

    def __init__(self, *args: Any, row: MaterialFigure | None = None, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        self.row = row
        if "files" in self.fields:
            self.fields["files"].label = _("Picture")
            self.fields["files"].help_text = _(
                "At most 10 MB. Where and when a photo was taken is removed from it here."
            )

    def clean_key(self) -> str:
        """Return the key; raises ValidationError for one that another figure of the edition has."""
        key = self.cleaned_data["key"].lower().replace("_", "-").strip("-")
        others = self.edition.figures.exclude(pk=self.row.pk if self.row else None)
        if others.filter(key=key).exists():
            raise ValidationError(_("Another figure has this key."))
        return key

    def clean(self) -> dict[str, Any]:
        """Either it is said what is on it, or that it decorates; never both."""
        cleaned = super().clean() or {}
        says, decorates = cleaned.get("alternative"), cleaned.get("is_decorative")
        if not says and not decorates:
            self.add_error("alternative", _("Say what is on it, or tick that it only decorates."))
        if says and decorates:
            self.add_error(
                "is_decorative", _("What only decorates needs no words. Leave one of the two out.")
            )
        return cleaned


class ImportForm(forms.Form):
    """A text that was written elsewhere, as a file or as Markdown; `manuscript` is what was read of it."""

    files = FilesField(  # type: ignore[assignment]
        most=1,
        label=_("File"),
        help_text=_("A text of Word (DOCX) or of LibreOffice (ODT), at most 10 MB."),
    )
    text = PlainTextField(
        label=_("Or the text itself, in Markdown"), rows=8, max_length=2_000_000, required=False
    )

    def __init__(self, *args: Any, edition: MaterialEdition, **options: Any) -> None:
        super().__init__(*args, **options)
        self.edition = edition
        self.manuscript: Manuscript | None = None

    @property
    def read(self) -> Manuscript:
        """What a valid form brings."""
        if self.manuscript is None:
            raise ValueError("ask a valid form")
        return self.manuscript

    @property
    def files_bound_to(self) -> str:
        return f"material-text {self.edition.document_id} import"

    def clean(self) -> dict[str, Any]:
        """Read what was sent: one of the two."""
        cleaned = super().clean() or {}
        uploads, text = cleaned.get("files") or (), cleaned.get("text", "").strip()
        if self.errors:
            return cleaned
        if bool(uploads) == bool(text):
            self.add_error("files", _("Choose a file, or write the text below; not both."))
            return cleaned
        name = "files" if uploads else "text"
        try:
            self.manuscript = read_upload(uploads[0]) if uploads else manuscript_of(text, [], [])
        except CannotRead as error:
            self.add_error(name, str(error))
        return cleaned


def read_upload(upload: UploadedFile) -> Manuscript:
    """Return the text of a file; raises CannotRead for what is no text of a word processor."""
    readers = {OFFICE["word/document.xml"]: docx.read, "application/vnd.oasis.opendocument.text": odt.read}
    read = readers.get(sniff(upload, upload.name or "") or "")
    if read is None:
        raise CannotRead(_("Choose a text of Word (DOCX) or of LibreOffice (ODT)."))
    upload.seek(0)
    return read(BytesIO(upload.read()))


class MaterialFileForm(FileForm):
    """A file to take away: what it is called and for, and why it is there though not all can read it."""

    name = LineField(
        label=_("What it is called"),
        max_length=200,
        help_text=_("Readers see it instead of the file’s name."),
    )
    role = forms.ChoiceField(label=_("What it is for"), choices=FileRole.choices, widget=forms.RadioSelect)
    reason = LineField(
        label=_("Why it is here though not everybody can read it"),
        max_length=300,
        required=False,
        help_text=_(
            "Asked of a PDF that lacks tags, a language, a title or text. Readers see it beside the file."
        ),
    )
    field_order = ["version", "files", "name", "role", "reason"]

    def __init__(self, *args: Any, row: MaterialFile | None = None, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        self.row = row
        self.faults: list[str] = list(row.faults) if row else []

    def clean(self) -> dict[str, Any]:
        """A PDF that not everybody can read needs a reason; the same text on the web is one by itself."""
        cleaned = super().clean() or {}
        for upload in cleaned.get("files") or ():
            is_pdf = sniff(upload, upload.name or "") == "application/pdf"
            self.faults = [str(one.value) for one in accessibility.faults(upload)] if is_pdf else []
        is_twin = cleaned.get("role") == FileRole.WHOLE and self.edition.chapters.exclude(text="").exists()
        if self.faults and not is_twin and not cleaned.get("reason"):
            lacks = "; ".join(str(accessibility.Fault(one).label) for one in self.faults)
            self.add_error(
                "reason",
                _("Not everybody can read this PDF: %(lacks)s. Write why it is here.") % {"lacks": lacks},
            )
        return cleaned

    def to_words(self) -> dict[str, Any]:
        return {**super().to_words(), "faults": self.faults}
