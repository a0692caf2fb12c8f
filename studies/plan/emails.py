"""Who is told of the dates of contracts; notices name the material, never its supplier."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.duty.queries import absences, stand_ins
from accounts.models import User
from accounts.permissions import Permission
from core.notices.actions import tell
from core.notices.kinds import How, Kind
from studies.models import Contract, Material

SOON = Kind(
    key="materials/contract_soon",
    label=_("A contract on a material that I look after is due in two weeks"),
    sentence=_("A contract is due in two weeks: %(material)s."),
    permission=Permission.MANAGE_MATERIALS,
    usual=How.DIGEST,
)
DUE = Kind(
    key="materials/contract_due",
    label=_("A contract on a material that I look after is due today"),
    sentence=_("A contract is due today: %(material)s."),
    permission=Permission.MANAGE_MATERIALS,
    usual=How.AT_ONCE,
)
KINDS = (SOON, DUE)


def due(contract: Contract, kind: Kind) -> None:
    """Tell whoever looks after the material that a contract is due."""
    material = contract.material
    with translation.override(settings.LANGUAGE_CODE):
        name = material.name
    told = {kind.key: _looking_after(material)}
    tell(contract, told, link=lambda: f"{material.get_desk_url()}?tab=contracts", material=name)


def _looking_after(material: Material) -> list[User]:
    """Return who looks after a material; for somebody away their deputy, too, and for nobody all who may."""
    owner, deputy, away = material.owner, material.deputy, absences()
    if owner is None:
        return list(User.objects.who_may(Permission.MANAGE_MATERIALS))
    if owner.pk in away and deputy and deputy.pk not in away:
        return [owner, deputy]
    return stand_ins([owner])
