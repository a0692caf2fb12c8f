"""What is kept of a topic, beside its name."""

from django.utils.translation import gettext_lazy as _

from core.forms.fields import PlainTextField
from core.forms.own_words import TermForm


class TopicForm(TermForm):
    """A topic with what belongs to it."""

    description_cs = PlainTextField(
        label=_("Description in Czech"),
        max_length=300,
        rows=3,
        help_text=_("What belongs to it, in one or two sentences."),
    )
    description_en = PlainTextField(label=_("Description in English"), max_length=300, rows=3)
