"""Every write to programmes: begun, changed, thrown away, made public, taken back. Phases: `phases`."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from modeltranslation.manager import get_translatable_fields_for_model

from accounts.models import User
from accounts.permissions import Permission
from core import audit
from core.files import attachments
from core.notices.actions import mark_done
from core.states import Conflict, check_seen, refuse_for, update, verb
from municipalities.models import Municipality, Programme
from municipalities.places import search
from municipalities.programmes import emails

# What a person may write, in the order of the form.
NAMES = (
    "name", "registration_number", "start", "end", "start_note", "end_note", "approaches", "target_groups",
    "ethos", "partners", "total_cost_czk", "total_cost_note", "grant_czk", "eu_grant_czk",
    "national_public_czk", "own_share_czk", "own_share_note", "flats_count", "households_supported",
    "flats_note", "concept_title", "concept_approved", "concept_note", "public_text", "internal_text",
    "unverified", "source",
)  # fmt: skip
IN_BOTH = get_translatable_fields_for_model(Programme) or []
COLUMNS = [
    column for name in NAMES for column in ([f"{name}_cs", f"{name}_en"] if name in IN_BOTH else [name])
]
NOT_ASKED = {"publish_asked_at": None, "publish_asked_by": None}


def reasons_against_editing(municipality: Municipality, *, by: User) -> list[str]:
    """Return why `by` cannot write programmes of a municipality; empty when nothing stands against it."""
    if by.has(Permission.EDIT_MUNICIPALITY):
        return []
    speaks = Municipality.objects.spoken_for_by(by).filter(pk=municipality.pk)
    if by.has(Permission.SPEAK_FOR_MUNICIPALITY) and speaks.exists():
        return []
    if by.has(Permission.VIEW_DESK):
        return [_("Your role does not write about municipalities.")]
    return [_("Only officials of the municipality and the Contact Centre write its programmes.")]


def create(
    municipality: Municipality, *, words: Mapping[str, Any], by: User, upload: UploadedFile | None = None
) -> Programme:
    """Begin a programme; it is a draft until somebody of the Centre makes it public.

    `words` has values for COLUMNS; `upload` is the document of the local concept.
    Raises Refused with reasons_against_editing.
    """
    refuse_for(reasons_against_editing(municipality, by=by))
    with attachments.kept([upload] if upload else []) as files, transaction.atomic():
        # Two people beginning one at once: the second waits, and counts the first's.
        Municipality.objects.select_for_update().get(pk=municipality.pk)
        taken = set(municipality.programmes.values_list("key", flat=True))
        number = next(n for n in range(1, len(taken) + 2) if f"own-{n}" not in taken)
        programme = Programme(municipality=municipality, key=f"own-{number}", **told_in(words, COLUMNS))
        programme.changed_at, programme.changed_by = timezone.now(), by
        programme.concept_file = attachments.record(files[0], by=by) if files else None
        programme.save()
        audit.record("programme.create", programme, by=by, municipality=municipality.pk)
        return programme


def edit(
    programme: Programme,
    *,
    words: Mapping[str, Any],
    version: int,
    by: User,
    upload: UploadedFile | None = None,
    without_file: bool = False,
) -> None:
    """Write over the programme that was seen as `version`; a new document takes the place of the old one.

    Raises Refused with reasons_against_editing, Conflict when it changed meanwhile.
    """
    refuse_for(reasons_against_editing(programme.municipality, by=by))
    check_seen(programme, version)
    changes, old = told_in(words, COLUMNS), programme.concept_file
    with attachments.kept([upload] if upload else []) as files, transaction.atomic():
        if files:
            changes["concept_file"] = attachments.record(files[0], by=by)
        elif without_file:
            changes["concept_file"] = None
        changed = [name for name, value in changes.items() if getattr(programme, name) != value]
        write(programme, changes, by=by)
        if old and "concept_file" in changes:
            attachments.remove(old)
        audit.record("programme.edit", programme, by=by, columns=changed)
        find_anew(programme)


def reasons_against_discarding(programme: Programme, *, by: User) -> list[str]:
    """Return why a draft cannot be thrown away; empty when nothing stands against it."""
    reasons = reasons_against_editing(programme.municipality, by=by)
    if programme.is_public:
        reasons.append(_("The programme is public. The Contact Centre can take it back first."))
    if programme.is_shipped:
        reasons.append(_("This programme came with the portal and stays."))
    return reasons


@verb(against=reasons_against_discarding, versioned=True)
def discard(programme: Programme, *, version: int, by: User) -> None:
    """Throw away a draft with its phases and its document."""
    if not Programme.objects.filter(pk=programme.pk, version=version, is_public=False).exists():
        raise Conflict(programme)
    audit.record("programme.discard", programme, by=by, municipality=programme.municipality_id)
    file = programme.concept_file
    programme.delete()
    if file:
        attachments.remove(file)


def reasons_against_asking(programme: Programme, *, by: User) -> list[str]:
    """Return why `by` cannot ask for the programme to be made public; empty when they can."""
    reasons = reasons_against_editing(programme.municipality, by=by) + _reasons_of_state(programme)
    if programme.publish_asked_at:
        reasons.append(_("The Contact Centre has been asked already."))
    return reasons


@verb(against=reasons_against_asking, versioned=True)
def ask_publishing(programme: Programme, *, version: int, by: User) -> None:
    """Ask the Contact Centre to make the programme public."""
    update(programme, also={"publish_asked_at": timezone.now(), "publish_asked_by": by})
    audit.record("programme.ask", programme, by=by, municipality=programme.municipality_id)
    emails.asked(programme, by=by)


def reasons_against_taking_back(programme: Programme, *, by: User) -> list[str]:
    """Return why a wish for publishing cannot be taken back; empty when it can."""
    reasons = reasons_against_editing(programme.municipality, by=by)
    if not programme.publish_asked_at:
        reasons.append(_("Nobody has asked for this programme to be made public."))
    return reasons


@verb(against=reasons_against_taking_back, versioned=True)
def take_back_asking(programme: Programme, *, version: int, by: User) -> None:
    """Take the wish for publishing back."""
    update(programme, also=NOT_ASKED)
    audit.record("programme.take_back", programme, by=by, municipality=programme.municipality_id)
    mark_done(programme, emails.ASKED)


def reasons_against_publishing(programme: Programme, *, by: User) -> list[str]:
    """Return why `by` cannot make the programme public; empty when nothing stands against it."""
    return _reasons_of_role(by) + _reasons_of_state(programme)


@verb(against=reasons_against_publishing, versioned=True)
def publish(programme: Programme, *, version: int, by: User) -> None:
    """Make the programme public, and tell whoever asked for it."""
    asked_by = programme.publish_asked_by
    update(programme, also={**NOT_ASKED, "is_public": True})
    audit.record("programme.publish", programme, by=by, municipality=programme.municipality_id)
    mark_done(programme, emails.ASKED)
    if asked_by and asked_by.is_active and asked_by != by:
        emails.published(programme, asked_by)
    find_anew(programme)


def reasons_against_unpublishing(programme: Programme, *, by: User) -> list[str]:
    """Return why `by` cannot take the programme back from the public; empty when they can."""
    reasons = _reasons_of_role(by)
    if not programme.is_public:
        reasons.append(_("The programme is not public."))
    return reasons


@verb(against=reasons_against_unpublishing, versioned=True)
def unpublish(programme: Programme, *, version: int, by: User) -> None:
    """Take the programme back from the public; it stays as a draft, and loading leaves it alone."""
    # A person decided: what the portal ships must not put it back.
    write(programme, {"is_public": False}, by=by)
    audit.record("programme.unpublish", programme, by=by, municipality=programme.municipality_id)
    find_anew(programme)


def _reasons_of_state(programme: Programme) -> list[str]:
    reasons = []
    if programme.is_public:
        reasons.append(_("The programme is public already."))
    if not programme.source:
        reasons.append(_("Write where what it says comes from; nothing is public without a source."))
    return reasons


def _reasons_of_role(by: User) -> list[str]:
    return by.reasons_without(
        Permission.EDIT_MUNICIPALITY, _("Only the Contact Centre makes programmes public or takes them back.")
    )


def told_in(words: Mapping[str, Any], columns: Iterable[str]) -> dict[str, Any]:
    """Return what words say of columns."""
    return {name: words[name] for name in columns if name in words}


def write(programme: Programme, changes: Mapping[str, Any], *, by: User) -> None:
    """Write columns as a person's change; raises Conflict when the row changed meanwhile."""
    update(programme, also={**changes, "changed_at": timezone.now(), "changed_by": by})


def find_anew(programme: Programme) -> None:
    """Let the search know what is public of the municipality now."""
    search.index([programme.municipality.code])
