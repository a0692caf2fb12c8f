"""The desk's pages on which materials are kept."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.audit import entries_of
from core.audit.words import CHANGED
from core.views.verbs import back_to, run_verb, template_page, version_of
from studies.models import Material
from studies.plan.actions import materials, states
from studies.plan.forms import MaterialForm


@requires(Permission.MANAGE_MATERIALS)
def new(request: UserRequest) -> HttpResponse:
    """Write down a material beside the plan, or on a free place of it."""
    form = MaterialForm(request.POST or None)
    return run_verb(
        request,
        lambda: materials.add(words=form.words(), sets=form.sets(), by=request.user),
        to=lambda material: material.get_desk_url(),
        show=template_page(request, "studies/plan/form.html", {"form": form, "material": None}),
        done=_("The material is added. Beside the plan, only the desk sees it until it is published."),
        form=form,
    )


@requires(Permission.MANAGE_MATERIALS)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """All that is kept of a material, to be changed."""
    material = material_of(request, pk)
    form = MaterialForm(request.POST or None, material=material, initial=MaterialForm.initial_of(material))
    return run_verb(
        request,
        lambda: materials.change(
            material,
            words=form.words(),
            sets=form.sets(),
            version=form.cleaned_data["version"] or 0,
            by=request.user,
        ),
        to=material.get_desk_url(),
        show=template_page(request, "studies/plan/form.html", {"form": form, "material": material}),
        done=lambda differed: _("The changes are saved.") if differed else _("Nothing was changed."),
        form=form,
    )


@requires(Permission.MANAGE_MATERIALS)
@require_POST
def put_back(request: UserRequest, pk: int, entry: int) -> HttpResponse:
    """Let the words before a change stand again."""
    material = material_of(request, pk)
    change = get_object_or_404(entries_of(material).filter(verb=CHANGED), pk=entry)
    url = f"{material.get_desk_url()}?tab=history"
    return run_verb(
        request,
        lambda: materials.put_back(material, entry=change, version=version_of(request), by=request.user),
        to=url,
        show=back_to(request, url),
        done=_("The words stand again as they were before that change."),
    )


@requires(Permission.MANAGE_MATERIALS)
@require_POST
def go(request: UserRequest, pk: int, to: str) -> HttpResponse:
    """Let a material go on to a state."""
    material = material_of(request, pk)
    said = {step.to: step.done for step in states.STEPS}
    return run_verb(
        request,
        lambda: states.go(material, to=to, version=version_of(request), by=request.user),
        to=material.get_desk_url(),
        show=back_to(request, material.get_desk_url()),
        done=str(said.get(to, "")),
    )


@requires(Permission.MANAGE_MATERIALS)
@require_POST
def use(request: UserRequest, pk: int) -> HttpResponse:
    """Put a material away, or take it up again."""
    material, takes_up = material_of(request, pk), "take-up" in request.POST
    deed = materials.take_up if takes_up else materials.put_away
    return run_verb(
        request,
        lambda: deed(material, version=version_of(request), by=request.user),
        to=material.get_desk_url(),
        show=back_to(request, material.get_desk_url()),
        done=_("The material is offered again.") if takes_up else _("The material is put away."),
    )


def material_of(request: UserRequest, pk: int) -> Material:
    """Return the material of an address; raises Http404 where the reader sees none."""
    return get_object_or_404(Material.objects.visible_to(request.user).for_list(), pk=pk)
