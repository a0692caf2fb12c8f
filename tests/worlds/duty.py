"""What the small world has of duty, leave and what is watched."""

from typing import Any

from accounts.permissions import Role
from consultations.models import Watch
from municipalities.models import Municipality
from tests.factories.accounts import AbsenceFactory, DutyFactory, UserFactory

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    """Write it, and add to `world.arguments` and `world.queries` what its addresses need."""
    deputy = DutyFactory(user=UserFactory(name="Petr Svoboda")).user
    absence = AbsenceFactory(user=UserFactory(name="Jana Nová"), deputy=deputy)
    AbsenceFactory(user=deputy)
    Watch.objects.create(request=world.request, user=world.accounts[Role.COORDINATOR])
    world.arguments["desk-absence"] = {"pk": absence.pk}
