"""The forms of parts: each is written by one of its own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.files.attachments import INLINE_TYPES
from core.files.sniffing import sniff
from core.forms.fields import UNSEEN, FilesField, LineField, SeenField


class PartForm(forms.Form):
    """One part of an edition; it knows the version that its writer has seen."""

    version = SeenField(required=False)

    def __init__(self, *args: Any, edition: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.edition = edition

    def to_words(self) -> dict[str, Any]:
        """Return what was written, by the columns of the part."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "files")}


class HeldForm(PartForm):
    """What a held part says; `kept` is what its writer has typed before and not saved, or None.

    A subclass adds `text`, and perhaps other fields.
    """

    kept: Any = None

    heading = LineField(label=capfirst(_("heading")), max_length=160)

    def typed(self) -> dict[str, list[str]]:
        """Return what stands in the fields as it was sent, right or wrong, to be kept."""
        names = [name for name in self.fields if name in self.data and name != "version"]
        return {name: [UNSEEN.sub("", self.data[name])] for name in names}

    def standing(self) -> dict[str, str]:
        """Return what stands in the fields now, as it was sent or as the page shows it."""
        return {name: str(self[name].value() or "") for name in self.fields if name != "version"}


class FileForm(PartForm):
    """A file beside an edition, which is chosen once; what is said of it can be mended."""

    files: Any = FilesField(most=1, label=_("File"), help_text=_("At most 10 MB."), required=True)

    def __init__(self, *args: Any, row: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if row:
            del self.fields["files"]

    @property
    def files_bound_to(self) -> str:
        kind = self.edition.document._meta.label_lower
        return f"{kind}/{self.edition.document_id}/{type(self).__name__}"


class PictureForm(FileForm):
    """A picture beside an edition."""

    def clean_files(self) -> Any:
        """Return the picture; raises ValidationError for what no browser shows as one."""
        for upload in self.cleaned_data["files"]:
            if not is_picture(upload):
                raise ValidationError(_("This is no picture. Choose a JPEG, a PNG or a WebP."))
        return self.cleaned_data["files"]


def is_picture(upload: UploadedFile) -> bool:
    """Tell whether a browser shows a file as a picture."""
    return sniff(upload, upload.name or "") in INLINE_TYPES
