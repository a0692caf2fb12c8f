"""What editors write of a site page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.documents.forms import DocumentForm, Section
from shsp.models import PageEdition
from shsp.pages.facts import check_placeholders


class PageForm(DocumentForm):
    """One edition of a site page."""

    model = PageEdition
    sections = (
        Section(_("Czech text"), ("title", "lead", "text")),
        Section("", ("review_on",)),
    )
    helps = {
        "text": _(
            "An empty line begins a paragraph, “- ” an item of a list, “## ” a heading. "
            "**bold**, *emphasis*, [words of a link](https://…). {email} stands for a fact kept elsewhere."
        ),
        "review_on": _("When somebody is to look whether it still holds."),
    }
    rows = {"text": 28}
    optional_english = ("lead",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for column in self.columns_of("text"):
            self.fields[column].validators.append(check_placeholders)
        self.fields["review_on"].required = True
