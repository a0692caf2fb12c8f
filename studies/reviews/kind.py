"""The members of the expert group, as a kind of words that the Centre keeps."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from core.templatetags.ui import day
from core.views.own_words import Kind
from studies.models import Expert
from studies.reviews.forms.experts import ExpertForm


def _how_long(row: Expert) -> str:
    return " – ".join(filter(None, [day(row.since), day(row.until)]))


EXPERTS = Kind(
    name="group-member",
    plural="expert-group",
    model=Expert,
    form=ExpertForm,
    permission=Permission.MANAGE_MATERIALS,
    heading=capfirst(_("expert group")),
    lead=_("Who reads materials before they are published. The public learns only of who agreed to it."),
    new=_("Add a member"),
    edit=_("Member of the expert group"),
    columns=(
        (_("Field"), lambda row: row.field),
        (_("Member"), _how_long),
        (_("Named in public"), lambda row: _("yes") if row.consented_on else _("no")),
    ),
)
