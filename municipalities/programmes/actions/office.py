"""How the office of a municipality wants to be reached."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from core import audit
from core.states import update, verb
from municipalities.models import Municipality
from municipalities.places.loading import without_website
from municipalities.places.offices.actions.reports import settle_seen
from municipalities.programmes.actions.programmes import reasons_against_editing


@verb(against=reasons_against_editing)
def change_office(
    municipality: Municipality,
    *,
    email: str,
    phone: str,
    note: str,
    website: str,
    seen: datetime | None,
    newest_report: int | None = None,
    by: User,
) -> None:
    """Write how the office is reached over what was changed at the moment `seen` (None: never).

    What visitors reported of it, up to the newest that stood beside the form, is settled.
    Raises Conflict when it changed meanwhile.
    """
    words = {"office_email": email, "office_phone": phone, "office_note": note, "website": website}
    changes = {**words, "office_changed_at": timezone.now(), "office_changed_by": by}
    if website != municipality.website:
        # Where the address came from is no longer true of the new one.
        sources = [getattr(municipality, f"sources_{language}") or {} for language in ("cs", "en")]
        changes |= without_website(*sources)
    changed = [name for name, value in words.items() if getattr(municipality, name) != value]
    update(municipality, also=changes, seen={"office_changed_at": seen})
    settle_seen(municipality, office=None, newest=newest_report or 0, by=by)
    audit.record("office.change", municipality, by=by, columns=changed)
