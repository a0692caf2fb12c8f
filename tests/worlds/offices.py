"""What the small world has of offices."""

from typing import Any

from django.core import signing

from municipalities.models import Municipality
from municipalities.places.offices.views.public import SALT
from tests.factories.municipalities import OfficeFactory, OfficeReportFactory

# Addresses whose answer to a GET is a file.
NO_PAGES = {"desk-offices-csv", "desk-offices-template"}


def build(world: Any, place: Municipality) -> None:
    """Write it, and add to `world.arguments` what its addresses need."""
    office = OfficeFactory(municipality=place, phone="+420566590311")
    report = OfficeReportFactory(office=office, note="Nikdo to nebere.")
    one = {"pk": office.pk}
    names = ("edit", "check", "close", "reopen")
    world.arguments |= {f"desk-office-{name}": one for name in names}
    world.arguments |= {f"my-office-{name}": one for name in ("edit", "check")}
    world.arguments |= {
        "desk-office-settle": {"pk": report.pk},
        "office-report": {"slug": place.slug},
        "office-reported": {"token": signing.dumps(report.pk, salt=SALT)},
    }
