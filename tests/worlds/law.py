"""What the small world has of law: a provision that changes, and a text that is to be checked."""

from datetime import date
from typing import Any

from accounts.permissions import Role
from core.documents.law.citations import provision_of
from municipalities.models import Municipality
from tests.factories.law import CITATION, cite, marked

NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    """Write it, and add to `world.arguments` what its addresses need."""
    cite(world.summary)
    change = marked(by=world.accounts[Role.COORDINATOR], in_force_on=date(2027, 1, 1))
    provision = {"pk": provision_of(CITATION).pk}
    names = ("desk-provision", "desk-provision-edit", "desk-provision-merge", "desk-provision-change")
    world.arguments |= {
        **dict.fromkeys(names, provision),
        "desk-to-check-settle": {"pk": change.rechecks.get(kind="summary").pk},
    }
