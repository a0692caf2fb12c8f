"""Themes of study visits, as a kind of words that the Centre keeps."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from core.audit.words import last_place
from core.forms.own_words import MergeForm, TermForm
from core.views.own_words import Kind, with_slug
from visits.models import Theme

THEMES = Kind(
    name="visit-theme",
    plural="visit-themes",
    model=Theme,
    form=TermForm,
    permission=Permission.MANAGE_SITE,
    heading=_("Themes of study visits"),
    lead=_("Readers follow a theme and get the reports on it. One that is retired stays with what has it."),
    new=_("Add a theme"),
    edit=_("Theme of study visits"),
    begin=with_slug(Theme, "name_en", position=lambda: last_place(Theme)),
    merge_form=MergeForm,
    names={"studyvisit": _("Study visits"), "subscription": _("Subscriptions")},
)
