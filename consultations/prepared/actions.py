"""Prepared answers: written, changed, retired, taken up again."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from consultations.models import PreparedAnswer
from consultations.prepared.insertions import VARIABLES, unknown_in
from core import audit, search
from core.states import check_seen, refuse_for, update, verb

SEARCH_KIND = "prepared"


def reasons_against_preparing(*, by: User) -> list[str]:
    """Return why `by` cannot write prepared answers; empty when nothing stands against it."""
    return by.reasons_without(Permission.WRITE_PREPARED, _("Your role does not write prepared answers."))


def reasons_against_text(text: str) -> list[str]:
    """Return what is wrong with a text: a place to be filled in that nobody knows how to fill."""
    known = ", ".join(f"{{{name}}}" for name in VARIABLES)
    return [
        _("Nothing is known that could be put in place of %(name)s. Use %(known)s.")
        % {"name": f"{{{name}}}", "known": known}
        for name in unknown_in(text)
    ]


def _reasons_against_words(words: dict[str, Any], by: User) -> list[str]:
    texts = (words["text_cs"], words.get("text_en", ""))
    return reasons_against_preparing(by=by) + [
        wrong for text in texts for wrong in reasons_against_text(text)
    ]


@transaction.atomic
def write_prepared(*, by: User, **words: Any) -> PreparedAnswer:
    """Add a prepared answer, `words` by the names of its columns. Raises Refused with what is wrong."""
    refuse_for(_reasons_against_words(words, by))
    prepared = PreparedAnswer.objects.create(**words, written_by=by)
    index_prepared(prepared)
    audit.record("prepared.write", prepared, by=by)
    return prepared


@transaction.atomic
def edit_prepared(prepared: PreparedAnswer, *, version: int, by: User, **words: Any) -> None:
    """Change a prepared answer, seen as `version`; answers that it went into stay as they are.

    Raises Refused with what is wrong, Conflict when it changed meanwhile.
    """
    check_seen(prepared, version)
    refuse_for(_reasons_against_words(words, by))
    update(prepared, also={**words, "written_by": by, "updated_at": timezone.now()})
    index_prepared(prepared)
    audit.record("prepared.edit", prepared, by=by)


@verb(against=reasons_against_preparing)
def offer_prepared(prepared: PreparedAnswer, *, is_active: bool, by: User) -> None:
    """Offer a prepared answer no more, or again. Raises Conflict when it changed meanwhile."""
    update(prepared, also={"is_active": is_active, "updated_at": timezone.now()})
    audit.record("prepared.take_up" if is_active else "prepared.retire", prepared, by=by)


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
