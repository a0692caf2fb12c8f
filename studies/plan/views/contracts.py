"""The desk's pages of the contracts on a material."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.verbs import back_to, run_verb, template_page, version_of
from studies.models import Contract, Material
from studies.plan.actions import contracts
from studies.plan.forms import ContractForm
from studies.plan.views.desk import material_of


@requires(Permission.MANAGE_MATERIALS)
def new(request: UserRequest, pk: int) -> HttpResponse:
    """Write down a contract."""
    material = material_of(request, pk)
    form = ContractForm(request.POST or None)
    context = {"form": form, "material": material, "contract": None}
    return run_verb(
        request,
        lambda: contracts.add(material, words=form.words(), by=request.user),
        to=_tab(material),
        show=template_page(request, "studies/plan/contract.html", context),
        done=_("The contract is written down."),
        form=form,
    )


@requires(Permission.MANAGE_MATERIALS)
def edit(request: UserRequest, pk: int, contract: int) -> HttpResponse:
    """What is written of a contract, to be changed."""
    row = _contract_of(request, pk, contract)
    form = ContractForm(request.POST or None, initial=ContractForm.initial_of(row))
    context = {"form": form, "material": row.material, "contract": row}
    return run_verb(
        request,
        lambda: contracts.change(
            row, words=form.words(), version=form.cleaned_data["version"] or 0, by=request.user
        ),
        to=_tab(row.material),
        show=template_page(request, "studies/plan/contract.html", context),
        done=lambda differed: _("The changes are saved.") if differed else _("Nothing was changed."),
        form=form,
    )


@requires(Permission.MANAGE_MATERIALS)
@require_POST
def remove(request: UserRequest, pk: int, contract: int) -> HttpResponse:
    """Take off a contract that was written down by mistake."""
    row = _contract_of(request, pk, contract)
    tab = _tab(row.material)
    return run_verb(
        request,
        lambda: contracts.remove(row, version=version_of(request), by=request.user),
        to=tab,
        show=back_to(request, tab),
        done=_("The contract is taken off."),
    )


def _contract_of(request: UserRequest, pk: int, contract: int) -> Contract:
    rows = Contract.objects.visible_to(request.user).select_related("material")
    return get_object_or_404(rows, pk=contract, material=pk)


def _tab(material: Material) -> str:
    return f"{material.get_desk_url()}?tab=contracts"
