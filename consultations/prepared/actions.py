"""Prepared answers: written, changed, retired, taken up again."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from consultations.models import PreparedAnswer, Topic
from consultations.prepared.insertions import VARIABLES, unknown_in
from core import audit, search
from core.states import refuse_for, update

SEARCH_KIND = "prepared"


@dataclass(frozen=True)
class Words:
    """What a prepared answer holds, all of it at once."""

    title: str
    text_cs: str
    text_en: str = ""
    topic: Topic | None = None


def reasons_against_preparing(*, by: User) -> list[str]:
    """Return why `by` cannot write prepared answers; empty when nothing stands against it."""
    return [] if by.has(Permission.WRITE_SUMMARY) else [_("Your role does not write prepared answers.")]


def reasons_against_text(text: str) -> list[str]:
    """Return what is wrong with a text: a place to be filled in that nobody knows how to fill."""
    known = ", ".join(f"{{{name}}}" for name in VARIABLES)
    return [
        _("Nothing is known that could be put in place of %(name)s. Use %(known)s.")
        % {"name": f"{{{name}}}", "known": known}
        for name in unknown_in(text)
    ]


@transaction.atomic
def write_prepared(words: Words, *, by: User) -> PreparedAnswer:
    """Add a prepared answer. Raises Refused with the reasons against it."""
    _refuse_for(words, by)
    prepared = PreparedAnswer.objects.create(**vars(words), written_by=by)
    index_prepared(prepared)
    audit.record("prepared.write", prepared, by=by)
    return prepared


@transaction.atomic
def edit_prepared(prepared: PreparedAnswer, *, words: Words, by: User) -> None:
    """Change a prepared answer; answers that it went into stay as they are.

    Raises Refused with the reasons against it, Conflict when it changed meanwhile.
    """
    _refuse_for(words, by)
    update(prepared, also={**vars(words), "written_by": by, "updated_at": timezone.now()})
    index_prepared(prepared)
    audit.record("prepared.edit", prepared, by=by)


@transaction.atomic
def retire_prepared(prepared: PreparedAnswer, *, by: User) -> None:
    """Offer a prepared answer no more. Raises Refused or Conflict as edit_prepared does."""
    refuse_for(reasons_against_preparing(by=by))
    update(prepared, also={"is_active": False, "updated_at": timezone.now()})
    audit.record("prepared.retire", prepared, by=by)


@transaction.atomic
def take_up_prepared(prepared: PreparedAnswer, *, by: User) -> None:
    """Offer a retired answer again. Raises Refused or Conflict as edit_prepared does."""
    refuse_for(reasons_against_preparing(by=by))
    update(prepared, also={"is_active": True, "updated_at": timezone.now()})
    audit.record("prepared.take_up", prepared, by=by)


def _refuse_for(words: Words, by: User) -> None:
    wrong = [reason for text in (words.text_cs, words.text_en) for reason in reasons_against_text(text)]
    refuse_for(reasons_against_preparing(by=by) + wrong)


def index_prepared(prepared: PreparedAnswer) -> None:
    """Write anew how the desk finds a prepared answer."""
    search.put(
        SEARCH_KIND,
        prepared.pk,
        scope=search.DESK,
        title_cs=prepared.title,
        text=f"{prepared.text_cs}\n{prepared.text_en}",
        url_name="desk-prepared-edit",
        url_arg=str(prepared.pk),
    )
