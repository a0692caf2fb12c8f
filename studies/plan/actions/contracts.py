"""Contracts with those who make a material: written down, changed, taken off; of the office alone.

What was done stands in the history of the material, without the names of suppliers.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.states import refuse_for, update, verb
from studies.models import Contract, Material
from studies.plan.actions.materials import reasons_of_role
from studies.plan.tasks import look_after_contracts, next_step_on


def faults_of(contract: Contract) -> dict[str, str]:
    """Return what is wrong with the words of a contract, by the name of the column."""
    faults = {}
    if contract.signed_on and contract.due_on and contract.due_on < contract.signed_on:
        faults["due_on"] = _("It is due before it is signed.")
    if contract.delivered_on and contract.delivered_on > timezone.localdate():
        faults["delivered_on"] = _("This day is yet to come.")
    return faults


@transaction.atomic
def add(material: Material, *, words: Mapping[str, Any], by: User) -> Contract:
    """Write down a contract, of whose end whoever looks after the material is reminded.

    Raises Refused with what stands against it.
    """
    contract = Contract(**words, material=material, written_by=by)
    refuse_for([*reasons_of_role(by), *faults_of(contract).values()])
    contract.next_step_on = next_step_on(contract)
    contract.save()
    look_after_contracts.plan()
    audit.record("material.contract_add", material, by=by, contract=contract.pk)
    return contract


def _as_it_would_be(contract: Contract, words: Mapping[str, Any]) -> Contract:
    fields = {field.attname: getattr(contract, field.attname) for field in contract._meta.concrete_fields}
    return Contract(**{**fields, **words})


def reasons_against_changing(contract: Contract, *, words: Mapping[str, Any], by: User) -> list[str]:
    """Return why a contract cannot be changed so; empty when nothing stands against it."""
    return [*reasons_of_role(by), *faults_of(_as_it_would_be(contract, words)).values()]


@verb(against=reasons_against_changing, versioned=True)
def change(contract: Contract, *, words: Mapping[str, Any], version: int, by: User) -> bool:
    """Change what is written of a contract, seen as `version`; return whether anything differed.

    Raises Refused with what stands against it, Conflict when it changed meanwhile.
    """
    differs = sorted(name for name, word in words.items() if getattr(contract, name) != word)
    if not differs:
        return False
    step = next_step_on(_as_it_would_be(contract, words))
    update(contract, also={**words, "next_step_on": step})
    look_after_contracts.plan()
    audit.record("material.contract_change", contract.material, by=by, contract=contract.pk, columns=differs)
    return True


@verb(against=reasons_of_role, versioned=True)
def remove(contract: Contract, *, version: int, by: User) -> None:
    """Take off a contract that was written down by mistake.

    Raises Refused when `by` may not, Conflict when it changed meanwhile.
    """
    audit.record("material.contract_remove", contract.material, by=by, contract=contract.pk)
    contract.delete()
