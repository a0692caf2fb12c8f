"""What is kept of the library: its shelves and its documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms.fields import FilesField, LineField, PlainTextField, WholeNumberField
from core.forms.own_words import WordsForm
from studies.choices import Kind, Language
from studies.models import Category, Document

NOT_KNOWN = ("", _("not known"))


class ShelfForm(WordsForm):
    """A shelf."""

    name_cs = LineField(label=_("Name in Czech"), max_length=80)
    name_en = LineField(label=_("Name in English"), max_length=80)
    split_cs = LineField(label=_("Divided into, in Czech"), max_length=120, required=False)
    split_en = LineField(label=_("Divided into, in English"), max_length=120, required=False)
    source_cs = LineField(label=_("Where we know it from, in Czech"), max_length=500, required=False)
    source_en = LineField(label=_("Where we know it from, in English"), max_length=500, required=False)


class DocumentForm(WordsForm):
    """A document of the library, or a related one from elsewhere, with the copy that is kept of it."""

    title_cs = LineField(label=_("Title in Czech"), max_length=300, required=False)
    title_en = LineField(label=_("Title in English"), max_length=300, required=False)
    in_library: Any = forms.TypedChoiceField(
        label=pgettext_lazy("of a document", "Where it stands"),
        choices=[("1", _("in the library")), ("", _("elsewhere, and is only related"))],
        coerce=bool,
        empty_value=False,  # type: ignore[arg-type]
        required=False,
    )
    category: Any = forms.ModelChoiceField(
        label=_("Shelf"), queryset=Category.objects.none(), required=False, empty_label=_("On no shelf")
    )
    is_own = forms.NullBooleanField(label=_("Made by the ministry"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[NOT_KNOWN, *Kind.choices], required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[NOT_KNOWN, *Language.choices], required=False)
    author_cs = LineField(label=_("Author, in Czech"), max_length=200, required=False)
    author_en = LineField(label=_("Author, in English"), max_length=200, required=False)
    year = WholeNumberField(label=_("Came out in"), min_value=1900, max_value=2100, required=False)
    updated_year = WholeNumberField(label=_("Updated in"), min_value=1900, max_value=2100, required=False)
    url = forms.URLField(
        label=_("Where it is on the web"), max_length=300, required=False, assume_scheme="https"
    )
    note_cs = PlainTextField(label=_("Note in Czech"), max_length=1000, rows=2, required=False)
    note_en = PlainTextField(label=_("Note in English"), max_length=1000, rows=2, required=False)
    source = PlainTextField(
        label=_("Where we know it from"),
        max_length=1000,
        rows=2,
        required=False,
        help_text=_("An address or a document. Several stand with “ ; ” between them."),
    )
    files: Any = FilesField(
        most=1, label=_("A copy to take away"), help_text=_("At most 10 MB. Everybody can take it.")
    )

    def __init__(self, *args: Any, document: Document | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.document = document
        shelves: Any = Category.objects.all()
        self.fields["category"].queryset = shelves.in_use(document and document.category_id)  # type: ignore[attr-defined]

    @property
    def files_bound_to(self) -> str:
        """What a file that waits for this form belongs to."""
        return f"library-document {self.document.pk if self.document else 'new'}"

    @classmethod
    def initial_of(cls, row: Document) -> dict[str, Any]:
        """Return what the form shows of a document."""
        own = {"category": row.category_id, "in_library": "1" if row.in_library else "", "files": None}
        return {name: own.get(name, getattr(row, name, None)) for name in cls.base_fields}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("title_cs") and not given.get("title_en"):
            self.add_error("title_cs", _("Write a title, in Czech or in English."))
        return given

    def words(self) -> dict[str, Any]:
        """Return what was typed, by the names of the columns."""
        typed = {name: word for name, word in super().words().items() if name != "files"}
        shelf = typed.pop("category")
        return {**typed, "category_id": shelf and shelf.pk}
