"""A short code that the desk makes for somebody on the phone."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.desk.forms.request import SeenForm
from consultations.intake.forms.short_code import CodeFields


class ShortCodeForm(CodeFields, SeenForm):
    """What the code is to ask for, as its requester says."""

    own_word = _("A word that they choose")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.begin(self.case)
        if "asks_for" in self.fields:
            self.fields["asks_for"].label = _("What will they say with the code?")
        self.fields["word"].label = _("Their word")
        self.fields["word"].help_text = _(
            "At least six signs, not their name. Let them choose it; it is kept so that nobody can read it."
        )
