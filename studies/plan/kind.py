"""Whom materials are for, as a kind of words that the Centre keeps."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from core import search
from core.audit.words import last_place
from core.forms.own_words import MergeForm, TermForm
from core.views.own_words import Kind, all_but_last, with_slug
from studies.models import Audience, Material
from studies.plan.loading import found_material


def _find_anew(audience: Audience) -> None:
    """Materials are found by the names of those whom they are for."""
    rows = Material.objects.published().for_list().filter(audience=audience.merged_into or audience)
    search.put_many(map(found_material, rows), scope=search.PUBLIC)


AUDIENCES = Kind(
    name="material-audience",
    plural="material-audiences",
    model=Audience,
    form=TermForm,
    permission=Permission.MANAGE_SITE,
    heading=_("Whom materials are for"),
    lead=_("Groups of readers of expert materials. One that is retired stays with what has it."),
    new=_("Add readers of materials"),
    edit=_("Readers of materials"),
    begin=with_slug(Audience, "name_en", position=lambda: last_place(Audience)),
    against_retiring=all_but_last,
    after=_find_anew,
    merge_form=MergeForm,
    names={"material": _("Expert materials")},
)
