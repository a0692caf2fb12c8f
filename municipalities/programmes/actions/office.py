"""How the office of a municipality wants to be reached."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from core.states import refuse_for, update
from municipalities.models import Municipality
from municipalities.programmes.actions.programmes import reasons_against_editing


@transaction.atomic
def change_office(
    municipality: Municipality,
    *,
    email: str,
    phone: str,
    note: str,
    website: str,
    seen: datetime | None,
    by: User,
) -> None:
    """Write how the office is reached over what was changed at the moment `seen` (None: never).

    Raises Refused when `by` may not write for the municipality, Conflict when it changed meanwhile.
    """
    refuse_for(reasons_against_editing(municipality, by=by))
    words = {"office_email": email, "office_phone": phone, "office_note": note, "website": website}
    changes = {**words, "office_changed_at": timezone.now(), "office_changed_by": by}
    if website != municipality.website:
        # Where the address came from is no longer true of the new one.
        for language in ("cs", "en"):
            sources = getattr(municipality, f"sources_{language}") or {}
            changes[f"sources_{language}"] = {key: text for key, text in sources.items() if key != "website"}
    changed = [name for name, value in words.items() if getattr(municipality, name) != value]
    update(municipality, also=changes, seen={"office_changed_at": seen})
    audit.record("office.change", municipality, by=by, columns=changed)
