"""What a kind of document says of its parts: which there are, by which forms they are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from core.documents.parts.models import HeldPart

if TYPE_CHECKING:
    from django.http import HttpRequest

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class PartPage:
    """One kind of part: its name in addresses, the rows of an edition that are of it, and its form.

    A form takes `edition`, and that of a file `row` (None for a new one). What its capability adds to the
    verbs and pages stands last.
    """

    name: str
    # The related name of the rows, and what tells them from others of the same table.
    rows: str
    form: Callable[..., Any]
    narrower: Mapping[str, Any] = field(default_factory=dict)
    # What the pages say; none is added on a page where `new` is empty.
    new: Text = ""
    edit: Text
    remove: Text
    # Of a held part, the button that takes it.
    write: Text = ""
    # How one begins, where that takes less than its form.
    new_form: Callable[..., Any] | None = None
    # More than so many nobody would read, nor a page show well.
    most: int = 60
    is_ordered: bool = True

    # What a file is turned into before it is kept.
    prepared: Callable[[UploadedFile], UploadedFile] = lambda upload: upload
    # Columns that follow from what was written into a row, perhaps a new one.
    following: Callable[[Any, Mapping[str, Any]], Mapping[str, Any]] = lambda _row, _words: {}
    when_removed: Callable[[Any], None] = lambda _row: None
    # Above the text of a held part, beside its form and below; what these read of the row and its form.
    about_template: str = ""
    beside_template: str = ""
    below_template: str = ""
    beside: Callable[["HttpRequest", Any, Mapping[str, str]], dict[str, Any]] = lambda *_given: {}
    # A passage, by its number, that can be put into a held part where a script does not do it.
    passage: Callable[[Any, int], str] = lambda _row, _number: ""
    # A held part as readers will have it, where that takes more than its Markdown.
    as_read: Callable[[Any, str], str] = lambda row, text: SafeString(row.rendered(text))

    def model_of(self, edition: Any) -> type[models.Model]:
        """Return the table of its rows."""
        return getattr(edition, self.rows).model

    def is_held(self, edition: Any) -> bool:
        """Tell whether it is written by whoever holds it."""
        return issubclass(self.model_of(edition), HeldPart)
