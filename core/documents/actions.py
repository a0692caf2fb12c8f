"""How a text becomes public: begun, written, reviewed by a second person, published, withdrawn."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import audit
from core.detector import justifications
from core.documents import emails
from core.documents.choices import OPEN, State
from core.documents.kind import kind_of
from core.documents.law import actions as law
from core.documents.models import Document, Edition, UnsavedText
from core.documents.reviews import again
from core.states import Conflict, check_seen, move, refuse_for, update, verb
from core.templatetags.ui import clock, day

# How much of a title becomes its document's address.
SLUG_LENGTH = 90
# So far ahead may a publishing be planned.
FURTHEST = timedelta(days=365)
# So much of what was typed into one field is kept.
LONGEST_TYPED = 120_000


def wrote(edition: Edition, person: Any) -> bool:
    """Tell whether a person has a part in the text of an edition."""
    is_named = person.pk in (edition.author_id, edition.submitted_by_id)
    return is_named or edition.writers.filter(pk=person.pk).exists()


@transaction.atomic
def start(document: Document, *, words: dict[str, Any], by: Any, **details: Any) -> Edition:
    """Save a new document with its first edition, a draft of what was written; return the edition."""
    document.save()
    edition = kind_of(document).edition(document=document, number=1, author=by)
    _write(edition, words, saved_at=timezone.now(), saved_by=by)
    audit.record(f"{kind_of(document).name}.start", document, by=by, **details)
    return edition


def reasons_against_editing(edition: Edition) -> list[str]:
    """Return why the text cannot be changed now; empty when it can."""
    if edition.state == State.IN_REVIEW:
        return [_("The text is being reviewed. It can be changed when it has been sent back.")]
    if edition.state != State.DRAFT:
        return [_("This edition is no longer a draft. Start a new edition.")]
    return []


@verb(against=reasons_against_editing, versioned=True)
def save_draft(edition: Edition, *, words: dict[str, Any], version: int, by: Any, part: str = "") -> None:
    """Write over the draft, or over the part of it that `words` are of; `by` becomes one of its writers."""
    # Guards and counts the version; only then is the rest written.
    update(edition, also={"saved_at": timezone.now(), "saved_by": by})
    _write(edition, words)
    edition.writers.add(by)
    drop_unsaved(place_of(edition.document, part), by=by)
    audit.record("edition.save", edition, by=by, version=edition.version)


def _write(edition: Edition, words: dict[str, Any], **columns: Any) -> None:
    for name, value in columns.items():
        setattr(edition, name, value)
    edition.take_over(words)
    edition.save()
    edition.writers.add(edition.author_id)
    edition.write_beside(words)


def reasons_against_new_edition(document: Document) -> list[str]:
    """Return why a document cannot get a new edition; empty when it can."""
    states = set(document.editions.values_list("state", flat=True))
    if states & set(OPEN):
        return [_("There is already a draft of the next edition.")]
    if not states & {State.PUBLISHED, State.WITHDRAWN}:
        return [_("Only a text that has been published can get a new edition.")]
    return []


@verb(against=reasons_against_new_edition)
def new_edition(document: Document, *, by: Any) -> Edition:
    """Begin the next edition as a copy of the newest one; the public reads on in the old one meanwhile."""
    before = document.editions.order_by("-number").first()
    edition = type(before)(document=document, number=before.number + 1, author=by)
    said = {"change_note_cs": "", "change_note_en": "", "is_minor": False, "review_on": again(before)}
    _write(edition, {**before.words(), **said})
    audit.record(f"{kind_of(document).name}.new_edition", document, by=by, number=edition.number)
    return edition


@verb(against=reasons_against_editing)
def justify(edition: Edition, *, key: str, reason: str, by: Any) -> None:
    """Keep a find in the text, saying why; raises Refused as justifications.justify does, too."""
    finds = kind_of(edition).check.finds(edition)
    justifications.justify(edition, finds, key=key, reason=reason, by=by)


# What is typed and not saved yet ------------------------------------------------


def place_of(document: Document, part: str = "") -> str:
    """Return where the unsaved text of a document is kept, or that of one part of it."""
    return f"{kind_of(document).name}/{document.pk}{part and f'/{part}'}"


def unsaved_of(place: str, *, by: Any) -> UnsavedText | None:
    """Return what a person has typed at a place and not saved, or None."""
    return UnsavedText.objects.filter(writer=by, place=place).first()


def parts_unsaved(document: Document, *, by: Any) -> set[str]:
    """Return in which parts of a document a person has typed something and not saved it."""
    start = place_of(document) + "/"
    places = UnsavedText.objects.filter(writer=by, place__startswith=start).values_list("place", flat=True)
    return {place.removeprefix(start) for place in places}


def keep_unsaved(place: str, *, fields: dict[str, list[str]], by: Any) -> UnsavedText:
    """Keep what a person has typed so far, over what was kept of it before."""
    cut = {name: [value[:LONGEST_TYPED] for value in values] for name, values in fields.items()}
    kept = {"fields": cut, "kept_at": timezone.now()}
    return UnsavedText.objects.update_or_create(writer=by, place=place, defaults=kept)[0]


def drop_unsaved(place: str, *, by: Any) -> None:
    """Forget what a person has typed at a place."""
    UnsavedText.objects.filter(writer=by, place=place).delete()


# The way to the public ----------------------------------------------------------


def _reasons_in_text(edition: Edition) -> list[str]:
    kind = kind_of(edition)
    reasons = justifications.reasons_against(edition, kind.check.finds(edition)) if kind.check else []
    if edition.number > 1 and not edition.change_note and not edition.is_minor:
        reasons.insert(0, _("Write what has changed since the last edition."))
    return reasons + kind.reasons_against(edition)


def reasons_against_submitting(edition: Edition) -> list[str]:
    """Return why the text cannot be sent to a second person; empty when it can."""
    reasons = [] if edition.state == State.DRAFT else [_("Only a draft can be sent for review.")]
    return reasons + _reasons_in_text(edition)


@verb(against=reasons_against_submitting, versioned=True)
def submit(edition: Edition, *, version: int, by: Any) -> None:
    """Send the draft to a second person."""
    move(edition, State.IN_REVIEW, also={"submitted_at": timezone.now(), "submitted_by": by})
    audit.record("edition.submit", edition, by=by)
    emails.submitted(edition, by=by)


@transaction.atomic
def send_back(edition: Edition, *, remark: str, version: int, by: Any) -> None:
    """Return the submitted text seen as `version` to its author, saying what to mend.

    Raises Refused when it is not in review or nothing is said, Conflict when it changed meanwhile.
    """
    check_seen(edition, version)
    is_in_review, remark = edition.state == State.IN_REVIEW, remark.strip()
    reasons = [] if is_in_review else [_("Only a text that was sent for review can be sent back.")]
    refuse_for(reasons + ([] if remark else [_("Write what is to be mended.")]))
    # Whom it is sent back to is told, so they are looked up before they are taken from it.
    sender = edition.submitted_by
    returned = {"returned_at": timezone.now(), "returned_by": by, "returned_remark": remark[:1000]}
    gone = dict.fromkeys(("submitted_at", "submitted_by", "publish_at", "publish_by"))
    move(edition, State.DRAFT, also={**gone, **returned})
    audit.record("edition.send_back", edition, by=by)
    kind_of(edition).when_sent_back(edition, sender)
    emails.decided(edition, "sent_back", sender=sender, by=by)


def reasons_against_publishing(edition: Edition, *, by: Any) -> list[str]:
    """Return why `by` cannot publish the edition; empty when nothing stands against it."""
    reasons = []
    if edition.state != State.IN_REVIEW:
        reasons.append(_("Only a text that was sent for review can be published."))
    if wrote(edition, by):
        reasons.append(_("Nobody may publish their own text. Ask a colleague."))
    return reasons + _reasons_in_text(edition)


@verb(against=reasons_against_publishing, versioned=True)
def publish(edition: Edition, *, version: int, by: Any) -> None:
    """Make the text the one that the public reads; the one before is superseded."""
    kind, document = kind_of(edition), edition.document
    _give_address(document, edition.in_language(edition.TITLE, "cs"))
    for before in document.editions.published():
        move(before, State.SUPERSEDED)
    published = {"published_at": timezone.now(), "published_by": by, "publish_at": None, "publish_by": None}
    move(edition, State.PUBLISHED, also=published)
    audit.record("edition.publish", edition, by=by, number=edition.number)
    edition.index()
    law.follow(edition, by=by)
    kind.when_public(edition)
    if not edition.is_minor:
        kind.when_published(edition)
    emails.decided(edition, "published", sender=edition.submitted_by, by=by)


def reasons_against_planning(edition: Edition, *, at: datetime, by: Any) -> list[str]:
    """Return why `by` cannot have the edition published at a moment; empty when nothing stands against it."""
    reasons = reasons_against_publishing(edition, by=by)
    if not timezone.now() < at < timezone.now() + FURTHEST:
        reasons.append(_("Choose a moment in the coming year."))
    return reasons


@verb(against=reasons_against_planning, versioned=True)
def plan_publishing(edition: Edition, *, at: datetime, version: int, by: Any) -> None:
    """Let the text be published by itself at a moment."""
    # The task stands on these verbs, so that they cannot stand on it.
    from core.documents.tasks import publish_due

    update(edition, also={"publish_at": at, "publish_by": by})
    audit.record("edition.plan", edition, by=by)
    publish_due.plan()


@transaction.atomic
def stop_publishing(edition: Edition, *, version: int, by: Any) -> None:
    """Let the text not be published by itself; raises Refused when it is not to be, or Conflict."""
    check_seen(edition, version)
    refuse_for([] if edition.publish_at else [_("This text is not to be published by itself.")])
    update(edition, also={"publish_at": None, "publish_by": None})
    audit.record("edition.stop", edition, by=by)


@transaction.atomic
def publish_as_planned(edition: Edition) -> None:
    """Publish what is due for whoever planned it, or send it back with why not; raises Conflict, too."""
    by = edition.publish_by
    reasons = [] if by.has(kind_of(edition).may.approve) else [_("Whoever planned it may not publish now.")]
    reasons += reasons_against_publishing(edition, by=by)
    if not reasons:
        publish(edition, version=edition.version, by=by)
        return
    moment = f"{day(edition.publish_at)} {clock(edition.publish_at)}"
    remark = _("It was to be published at %(moment)s, but:") % {"moment": moment}
    send_back(edition, remark="\n".join([remark, *reasons]), version=edition.version, by=by)


def _give_address(document: Document, title: str) -> None:
    """Set a document's slug from its title, once; it never changes afterwards."""
    if document.slug:
        return
    kind = kind_of(document)
    wanted = slugify(title)[:SLUG_LENGTH].strip("-") or f"{kind.slug_word or kind.name}-{document.pk}"
    alike = type(document)._base_manager.filter(slug__startswith=wanted[: SLUG_LENGTH - 6])
    used = {*kind.taken_slugs, *alike.values_list("slug", flat=True)}
    endings = ("", *(f"-{number}" for number in range(2, len(used) + 2)))
    slugs = (wanted[: SLUG_LENGTH - len(ending)].rstrip("-") + ending for ending in endings)
    document.slug = next(slug for slug in slugs if slug not in used)
    document.save(update_fields=["slug"])


def reasons_against_withdrawing(edition: Edition) -> list[str]:
    """Return why the text cannot be taken away from the public; empty when it can."""
    reasons = [] if edition.state == State.PUBLISHED else [_("Only a published text can be withdrawn.")]
    return reasons + kind_of(edition).reasons_against_withdrawing(edition)


@transaction.atomic
def withdraw(
    edition: Edition,
    *,
    reason: str,
    version: int,
    by: Any,
    reason_en: str = "",
    kept: Mapping[str, str] | None = None,
) -> None:
    """Take the published text seen as `version` away from the public; its address will say why.

    The reason is in Czech, perhaps in English; `kept` are the keys of finds that stay in it, each with why.
    Raises Refused without a reason, for every other find in it, or when the text has to stay public; Conflict
    when it changed meanwhile.
    """
    check_seen(edition, version)
    if check := kind_of(edition).check:
        finds = check.finds_in(edition.document, {"reason": reason, "reason_en": reason_en})
        justifications.keep_in_reason(edition, finds, kept=kept or {}, by=by)
    reason = reason.strip()
    unsaid = [] if reason else [_("Write why it is withdrawn; the public will read it.")]
    refuse_for(reasons_against_withdrawing(edition) + unsaid)
    said = {"withdrawal_reason_cs": reason, "withdrawal_reason_en": reason_en.strip()}
    move(edition, State.WITHDRAWN, also={"withdrawn_at": timezone.now(), "withdrawn_by": by, **said})
    audit.record("edition.withdraw", edition, by=by)
    law.follow_withdrawal(edition, by=by)
    edition.index()
    kind_of(edition).when_withdrawn(edition)


@transaction.atomic
def look_after(document: Document, *, owner: Any, deputy: Any, by: Any) -> None:
    """Say who looks after a document, and the deputy (perhaps None); raises Refused when they are one."""
    if owner and owner == deputy:
        refuse_for([_("The deputy is somebody else than who looks after it.")])
    document.owner, document.deputy = owner, deputy
    document.save(update_fields=["owner", "deputy"])
    audit.record(f"{kind_of(document).name}.look_after", document, by=by)


@transaction.atomic
def record_feedback(document: Document, *, by: Any, helpful: str = "", mistake: str = "") -> Any:
    """Keep whether it helped a reader ("yes", "no"), or what is wrong; raises Refused for neither of them."""
    refuse_for([] if helpful or mistake.strip() else [_("Write what is wrong.")])
    feedback = document.feedback.create(helpful=helpful, mistake=mistake.strip())
    audit.record(f"{kind_of(document).name}.feedback", document, by=by)
    return feedback


@transaction.atomic
def settle_feedback(document: Document, number: int, *, by: Any) -> None:
    """Mark a mistake as dealt with; raises Conflict when somebody has done it meanwhile."""
    rows = document.feedback.unsettled().filter(pk=number)
    if not rows.update(settled_at=timezone.now(), settled_by=by):
        raise Conflict(document.feedback.select_related("settled_by").get(pk=number))
    audit.record(f"{kind_of(document).name}.settle_feedback", document, by=by)
