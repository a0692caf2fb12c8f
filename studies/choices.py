"""What a document is, how sure its tie to the project is, and the states of materials and their reviews."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class PlanState(TextChoices):
    """How far a material is, from its announcement until another one takes its place."""

    ANNOUNCED = "announced", pgettext_lazy("material", "announced")
    COMMISSIONED = "commissioned", _("commissioned")
    DRAFTED = "drafted", _("drafted")
    IN_EXPERT_REVIEW = "in_expert_review", _("read by experts")
    FINISHING = "finishing", _("being finished")
    PUBLISHED = "published", pgettext_lazy("material", "published")
    SUPERSEDED = "superseded", pgettext_lazy("material", "superseded")


# Its readers have it.
OUT = (PlanState.PUBLISHED, PlanState.SUPERSEDED)
# Nothing more than its announcement is known; what lies between is in the making.
IN_THE_MAKING = tuple(state for state in PlanState if state not in (PlanState.ANNOUNCED, *OUT))


class FileRole(TextChoices):
    """What a file beside an edition is for."""

    WHOLE = "whole", _("the whole text")
    CHECKLIST = "checklist", _("checklist")
    FORM = "form", _("form to fill in")
    ANNEX = "annex", _("annex")


class ReviewState(TextChoices):
    """How an expert stands with a round of review."""

    WAITING = "waiting", _("substitute")
    INVITED = "invited", _("has not answered yet")
    ACCEPTED = "accepted", _("reads it")
    DELIVERED = "delivered", _("review delivered")
    DECLINED = "declined", _("declined")
    SILENT = "silent", _("did not answer")
    REVOKED = "revoked", _("link withdrawn")


# Whose review is still to come.
READING = (ReviewState.INVITED, ReviewState.ACCEPTED)


class SeenBy(TextChoices):
    """Who may read the reviews of a round while it goes on."""

    EDITORS = "editors", _("editors alone")
    REVIEWERS = "reviewers", _("editors and all experts of the round")
    AUTHORS = "authors", _("editors, experts and authors")


class Settlement(TextChoices):
    """What became of a remark."""

    TAKEN = "taken", _("taken over")
    PARTLY = "partly", _("taken over in part")
    REFUSED = "refused", _("not taken over")


class RoundResult(TextChoices):
    """With what a round of review was closed."""

    RECOMMENDED = "recommended", _("recommended for publication")
    AFTER_CHANGES = "after_changes", _("recommended after changes")
    NOT_RECOMMENDED = "not_recommended", _("not recommended")
    CALLED_OFF = "called_off", _("called off without a review")
