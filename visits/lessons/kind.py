"""Workshops that present visits, as a kind of words that the Centre keeps."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from core.templatetags.ui import day
from core.views.own_words import Kind, with_slug
from visits.lessons.forms import WorkshopForm
from visits.models import Workshop

WORKSHOPS = Kind(
    name="workshop",
    plural="workshops",
    model=Workshop,
    form=WorkshopForm,
    permission=Permission.MANAGE_VISITS,
    heading=_("Workshops on visits"),
    lead=_("Where study visits were, or will be, presented. Each stands on the pages of its visits."),
    new=_("Add a workshop"),
    edit=_("Workshop"),
    columns=((_("When"), lambda row: day(row.held_on)), (_("Place"), lambda row: row.place)),
    begin=with_slug(Workshop, "title_cs"),
    after=Workshop.follow_visits,
)
