"""How the report of a visit is written: begun from its programme, then by several people at once.

A section is written by whoever holds it. What all the other parts say is guarded by their versions alone.
Whoever writes a word in any of them is a writer of the edition, and cannot publish it.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from core import audit
from core.documents import actions as documents
from core.documents.choices import State
from core.files import attachments
from core.files.pending import PendingFile
from core.files.previews import drawn
from core.files.sniffing import sniff
from core.states import Conflict, Refused, check_seen, move, refuse_for, update, verb
from core.templatetags.ui import clock
from visits.choices import HELD, Consent, PlaceState, VisitState
from visits.models import (
    Lesson,
    LessonWording,
    Report,
    ReportEdition,
    ReportFile,
    ReportSection,
    SectionVersion,
    StudyVisit,
)

# So long a section waits for whoever writes in it and says nothing more.
LEASE = timedelta(minutes=15)
# A photo is kept as large as a page shows it, so that a report is light on a phone, and its PDF in the mail.
LONGEST_SIDE = 1600
# More of a part than these nobody would read, nor a page show well.
FULL = {"sections": 40, "figures": 60, "files": 60, "lessons": 30}

_published: list[Callable[[ReportEdition], None]] = []


def when_published(callback: Callable[[ReportEdition], None]) -> None:
    """Let a capability hear of each published edition but minor ones, inside the verb's transaction."""
    if callback not in _published:
        _published.append(callback)


def tell_published(edition: ReportEdition) -> None:
    """Move the visit on, and tell all who want to hear of it."""
    visit = StudyVisit.objects.get(pk=edition.document.visit_id)
    if visit.state == VisitState.REPORTING:
        move(visit, VisitState.REPORTED)
    for callback in _published:
        callback(edition)


# Beginning ----------------------------------------------------------------------


def reasons_against_beginning(visit: StudyVisit) -> list[str]:
    """Return why a report cannot be begun now; empty when it can."""
    if Report.objects.filter(visit=visit).exists():
        return [_("There is a report of this visit already.")]
    if visit.state not in HELD:
        return [_("A report is begun once the visit is under way.")]
    return []


def _lock(visit: StudyVisit) -> None:
    StudyVisit.objects.select_for_update().get(pk=visit.pk)


@verb(against=reasons_against_beginning, lock=_lock)
def begin(visit: StudyVisit, *, by: Any) -> ReportEdition:
    """Begin a report: a section for each item of the programme, an answer for each question taken along."""
    report = Report(visit=visit, slug=visit.slug, owner=by, is_demo=visit.is_demo)
    with override("cs"):
        words = _first_words(visit)
    edition: Any = documents.start(report, words=words, by=by, visit=visit.pk)
    if visit.state != VisitState.REPORTING:
        move(visit, VisitState.REPORTING)
    return edition


def _first_words(visit: StudyVisit) -> dict[str, Any]:
    title = _("Report of a visit: %(what)s") % {"what": visit.title or visit.country}
    headings: list[Any] = [(item.pk, capfirst(item.title)) for item in visit.programme.all()]
    headings = headings or [(None, _("What we saw"))]
    return {
        "title_cs": title[:160],
        "sections": [
            {"item_id": item, "position": position, "heading": heading[:160]}
            for position, (item, heading) in enumerate(headings, 1)
        ],
        "answers": [_answer_to(question) for question in _questions_of(visit)],
    }


def _questions_of(visit: StudyVisit) -> Any:
    return visit.questions.filter(withdrawn_at=None).order_by("item__position", "pk")


def _answer_to(question: Any) -> dict[str, Any]:
    return {"question_id": question.pk, "wording": question.text, "text": question.keywords}


@transaction.atomic
def take_questions(edition: ReportEdition, *, by: Any) -> int:
    """Add an answer for each question taken along that has none in the edition; return how many."""
    edition = _open(edition, by=by)
    known = set(edition.answers.values_list("question", flat=True))
    new = [one for one in _questions_of(edition.document.visit) if one.pk not in known]
    edition.write_beside({"answers": [_answer_to(question) for question in new]})
    audit.record("report.take_questions", edition, by=by, count=len(new))
    return len(new)


def _open(edition: ReportEdition, *, by: Any) -> ReportEdition:
    """Lock an edition that is still written, and make `by` one of its writers.

    Raises Refused for any other, so that nothing is written into what is being reviewed.
    """
    row = ReportEdition.objects.select_for_update().get(pk=edition.pk)
    refuse_for(documents.reasons_against_editing(row))
    ReportEdition.objects.filter(pk=row.pk).update(saved_at=timezone.now(), saved_by=by)
    row.writers.add(by)
    return row


# What stands against showing it ---------------------------------------------------


def reasons_against(edition: ReportEdition) -> list[str]:
    """Return what in a report stands against showing it: somebody writes in it, or something is missing."""
    edition.with_parts()
    return [*_unfinished(edition), *_unanswered(edition), *_unseen(edition), *_unticked(edition)]


def _unfinished(edition: ReportEdition) -> list[str]:
    rows = list(edition.sections.all())
    reasons = [who_writes(row) for row in rows if row.is_held]
    if not edition.in_language("summary", "cs"):
        reasons.append(_("Write the summary: municipalities get it by e-mail."))
    if not rows:
        reasons.append(_("The report has no section."))
    empty = [row.heading for row in rows if not row.text.strip()]
    return reasons + [_("The section “%(heading)s” is empty.") % {"heading": one} for one in empty]


def _unanswered(edition: ReportEdition) -> list[str]:
    sentence = _("The question “%(question)s” has no answer. Write what you heard, or that you did not ask.")
    rows = [row.wording for row in edition.answers.all() if not row.text.strip()]
    return [sentence % {"question": wording} for wording in rows]


def _unseen(edition: ReportEdition) -> list[str]:
    photos = [row for row in edition.files.all() if row.is_photo]
    sentence = _("On the photo “%(photo)s” somebody can be recognised who has not agreed. Ask, or remove it.")
    missing = [row for row in photos if row.consent == Consent.MISSING or not row.consent]
    return [sentence % {"photo": row.alternative} for row in missing]


def _unticked(edition: ReportEdition) -> list[str]:
    """Whoever was not there gets the report, so that it has to be known who was; of later editions it is."""
    people = edition.document.visit.attendees.filter(state=PlaceState.CONFIRMED, was_there=None)
    count = 0 if edition.number > 1 else people.count()
    words = ngettext(
        "Say whether %(count)s person who had a place was there: who was not, gets the report.",
        "Say whether %(count)s people who had a place were there: who was not, gets the report.",
        count,
    )
    return [words % {"count": count}] if count else []


def who_writes(section: ReportSection) -> str:
    """Return who writes in a section, and until when they have it."""
    words = {"who": section.holder.name, "heading": section.heading, "time": clock(section.held_until)}
    return _("%(who)s is writing in the section “%(heading)s”, at the latest until %(time)s.") % words


# Sections -------------------------------------------------------------------------


@transaction.atomic
def hold(section: ReportSection, *, by: Any) -> None:
    """Keep a section for `by` for a while; raises Refused, naming who writes in it now."""
    refuse_for(documents.reasons_against_editing(section.edition))
    now = timezone.now()
    free = Q(holder=None) | Q(holder=by) | Q(held_until__lte=now)
    rows = ReportSection.objects.filter(free, pk=section.pk)
    taken = rows.update(holder=by, held_since=now, held_until=now + LEASE)
    section.refresh_from_db()
    if not taken:
        raise Refused([who_writes(section)])
    audit.record("report.hold", section.edition, by=by, section=section.pk)


def keep_holding(section: ReportSection, *, by: Any) -> bool:
    """Keep a section for a while more, as long as nobody else has taken it; tell whether it is kept."""
    rows = ReportSection.objects.filter(pk=section.pk, holder=by, edition__state=State.DRAFT)
    return bool(rows.update(held_until=timezone.now() + LEASE))


def let_go(section: ReportSection, *, by: Any) -> None:
    """Leave a section to others, unless somebody else has taken it meanwhile."""
    ReportSection.objects.filter(pk=section.pk, holder=by).update(**NOBODY)


NOBODY = {"holder": None, "held_since": None, "held_until": None}


def place_of(section: ReportSection) -> str:
    """Return where what somebody has typed into a section is kept."""
    return f"visit-report/section/{section.pk}"


@transaction.atomic
def save_section(section: ReportSection, *, words: Mapping[str, Any], version: int, by: Any) -> None:
    """Write over a section seen as `version`, keep the version, and leave it to others.

    Raises Refused when the edition is no draft; Conflict when somebody else writes in it, or has saved it.
    """
    _open(section.edition, by=by)
    row = ReportSection.objects.select_related("holder").get(pk=section.pk)
    check_seen(row, version)
    if row.is_held_from(by):
        raise Conflict(row)
    update(row, also={**row.columns_of(dict(words)), **NOBODY})
    row.keep_version(by)
    documents.drop_unsaved(place_of(row), by=by)
    audit.record("report.save_section", section.edition, by=by, section=row.pk, version=row.version)


@transaction.atomic
def put_back(section: ReportSection, *, number: int, version: int, by: Any) -> None:
    """Let a section say again what it said as version `number`; raises what save_section does."""
    before = SectionVersion.objects.get(section=section, number=number)
    words = {"heading": before.heading, "text": before.text}
    save_section(section, words=words, version=version, by=by)


# All parts --------------------------------------------------------------------------


def reasons_against_adding(edition: ReportEdition, *, part: str) -> list[str]:
    """Return why one more of a part cannot be added; empty when it can."""
    reasons = documents.reasons_against_editing(edition)
    if getattr(edition, part).count() >= FULL[part]:
        reasons.append(_("There are %(count)s of them already. Remove one first.") % {"count": FULL[part]})
    return reasons


@verb(against=reasons_against_adding)
def add(edition: ReportEdition, *, part: str, words: Mapping[str, Any], by: Any) -> Any:
    """Add a section, a figure or a lesson behind the others; return it."""
    edition = _open(edition, by=by)
    rows = getattr(edition, part)
    said = {**words, "position": (rows.aggregate(last=Max("position"))["last"] or 0) + 1}
    if part == "lessons":
        said["lesson"] = _new_lesson(edition.document)
    row = rows.model(edition=edition)
    row.take_over(said)
    row.save()
    row.keep_version(by)
    audit.record(f"report.add_{row._meta.model_name}", edition, by=by, row=row.pk)
    return row


def _new_lesson(report: Report) -> Lesson:
    last = report.lessons.aggregate(last=Max("number"))["last"] or 0
    return Lesson.objects.create(report=report, number=last + 1)


def add_file(
    edition: ReportEdition, *, uploads: Collection[UploadedFile], words: Mapping[str, Any], by: Any
) -> Any:
    """Add a photo or a document, as `words` say; raises what add() does, and ValidationError for the file."""
    files = [_shrunk(upload) if words["is_photo"] else upload for upload in uploads]
    with attachments.kept(files) as [file], transaction.atomic():
        stored = attachments.record(file, by=by)
        for upload in uploads:
            if isinstance(upload, PendingFile):
                transaction.on_commit(upload.forget)
        return add(edition, part="files", words={**words, "attachment_id": stored.pk}, by=by)


def _shrunk(upload: UploadedFile) -> UploadedFile:
    """Return a photo as large as a page shows it, as JPEG; what cannot be drawn stays, to be checked."""
    upload.seek(0)
    picture = drawn(upload.read(), sniff(upload, upload.name or "") or "", LONGEST_SIDE)
    upload.seek(0)
    if not picture:
        return upload
    name = f"{PurePath(upload.name or '').stem}.jpg"
    return InMemoryUploadedFile(BytesIO(picture), "files", name, "image/jpeg", len(picture), None)


@transaction.atomic
def save(row: Any, *, words: Mapping[str, Any], version: int, by: Any) -> None:
    """Write over a part that is no section, seen as `version`; raises Refused, or Conflict."""
    edition = _open(row.edition, by=by)
    check_seen(row, version)
    update(row, also=row.columns_of(dict(words)))
    audit.record(f"report.save_{row._meta.model_name}", edition, by=by, row=row.pk, version=row.version)


def reasons_against_removing(row: Any, *, by: Any) -> list[str]:
    """Return why a part cannot be removed now; empty when it can."""
    reasons = documents.reasons_against_editing(row.edition)
    if isinstance(row, ReportSection) and row.is_held_from(by):
        reasons.append(who_writes(row))
    return reasons


@verb(against=reasons_against_removing)
def remove(row: Any, *, by: Any) -> None:
    """Take a part out of the edition; other editions keep theirs."""
    edition = _open(row.edition, by=by)
    audit.record(f"report.remove_{row._meta.model_name}", edition, by=by, row=row.pk)
    row.delete()
    # What no other edition has is nothing that anybody knows of.
    if isinstance(row, LessonWording) and not row.lesson.wordings.exists():
        row.lesson.delete()
    if isinstance(row, ReportFile) and not ReportFile.objects.filter(attachment=row.attachment).exists():
        attachments.remove(row.attachment)


@transaction.atomic
def shift(row: Any, *, up: bool, by: Any) -> None:
    """Move a part before its neighbour, or behind the next one; raises Refused when nothing is written."""
    edition = _open(row.edition, by=by)
    rows = [one for one in type(row).objects.filter(edition=edition) if one.page == row.page]
    at = next(index for index, one in enumerate(rows) if one.pk == row.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        for position, one in enumerate(rows, 1):
            type(row).objects.filter(pk=one.pk).update(position=position)
    audit.record(f"report.shift_{row._meta.model_name}", edition, by=by, row=row.pk)
