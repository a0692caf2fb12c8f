"""What a document is, and how sure its tie to the project is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Tie(TextChoices):
    """How sure it is that a material is one of the thirteen that the project announced."""

    CONFIRMED = "confirmed", _("confirmed")
    PROBABLE = "probable", _("probable")


# What each tie means, in a sentence.
TIE_MEANS = {
    Tie.CONFIRMED: _("Confirmed: a web page that we know ties it to the project."),
    Tie.PROBABLE: _(
        "Probable: it stands on the ministry’s page of methodologies, or fits what the project announced. "
        "Its tie to the project or its exact title is not proven."
    ),
}


class Kind(TextChoices):
    """What a document is."""

    ANALYSIS = "analysis", _("analysis")
    MANUAL = "methodological_manual", _("methodological manual")
    HANDBOOK = "handbook", _("handbook")
    STUDY = "research_study", _("research study")
    PUBLICATION = "publication", _("publication")
    STRATEGY = "strategy", _("strategy")
    PRESENTATION = "presentation", _("presentation")
    NEWSLETTER = "newsletter", _("bulletin")


class Language(TextChoices):
    """The language that a document is written in."""

    CZECH = "cs", _("Czech")
    ENGLISH = "en", _("English")
