"""Two made-up study visits to look at: one to sign up for, one with all that follows. Nothing is real."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.audit.words import last_place
from core.documents import markdown
from core.documents.choices import State
from core.loading import DAY
from core.states import move
from municipalities.models import Municipality
from visits.choices import DeliveryState, InvitationState, LessonAnswer, Readers
from visits.models import (
    Attendee,
    Delivery,
    Dispatch,
    Lesson,
    Outcome,
    ProgrammeItem,
    Proposal,
    Report,
    ReportEdition,
    StudyVisit,
    Theme,
    TravelQuestion,
    VisitInvitation,
)
from visits.models.followup import DAYS_TO_ANSWER, MONTHS, months_after
from visits.plans.actions.plans import find_anew

DATA = Path(__file__).parent / "data" / "demo.yaml"
# What the file says in the words of the columns.
OF_VISIT = (
    "slug", "state", "quota", "capacity", "title_cs", "title_en", "host_names_cs", "host_names_en",
    "places_cs", "places_en", "goals_cs", "goals_en", "topics_cs", "topics_en", "instructions",
)  # fmt: skip
OF_PERSON = ("name", "post", "email", "state", "was_there")
# Days from one step to the next.
INVITED, PROPOSED, ANSWERED = 60, 10, 20


class Maker:
    """Makes the visits of the file; `officials` are those of the municipalities that take part, by slug."""

    def __init__(self, *, consultant: User, editor: User, officials: dict[str, User]) -> None:
        self.consultant, self.editor, self.officials = consultant, editor, officials
        self.places = {row.slug: row for row in Municipality.objects.filter(slug__in=officials)}
        self.now = timezone.now()

    def at(self, days: int) -> datetime:
        """Return this moment some days later, or earlier where they are below zero."""
        return self.now + timedelta(days=days)

    def visit(self, record: dict[str, Any]) -> None:
        """Make one visit with all that the file tells of it."""
        first = record["first_day"]
        visit = StudyVisit(
            **{name: record[name] for name in OF_VISIT if name in record},
            position=last_place(StudyVisit),
            starts_on=self.at(first).date(),
            starts_precision=DAY,
            ends_on=self.at(first + record["days"] - 1).date(),
            sign_up_until=self.at(first - INVITED // 2),
            opened_at=self.at(first - INVITED),
            is_demo=True,
        )
        visit.save()
        visit.themes.set(Theme.objects.filter(slug__in=record.get("themes", ())))
        items = [self._item(visit, number, item) for number, item in enumerate(record["programme"], start=1)]
        for row in record["invitations"]:
            self._invitation(visit, row, self.at(first - INVITED))
        questions = [self._question(visit, row, items) for row in record["questions"]]
        if "report" in record:
            self._report(visit, record["report"], items, questions)
        find_anew(visit)

    def _item(self, visit: StudyVisit, number: int, row: dict[str, Any]) -> ProgrammeItem:
        hours = {name: time.fromisoformat(row[name]) for name in ("starts_at", "ends_at")}
        words = {name: row[name] for name in ("title_cs", "title_en", "place")}
        day = visit.starts_on + timedelta(days=row["day"]) if visit.starts_on else None
        return ProgrammeItem.objects.create(visit=visit, position=number, on=day, **hours, **words)

    def _invitation(self, visit: StudyVisit, row: dict[str, Any], at: datetime) -> None:
        slug = row["municipality"]
        is_answered, began = row["state"] != InvitationState.INVITED, at + timedelta(days=INVITED)
        invitation = VisitInvitation.objects.create(
            visit=visit,
            municipality=self.places[slug],
            state=row["state"],
            invited_at=at,
            invited_by=self.consultant,
            answered_at=min(at + timedelta(days=ANSWERED), self.now) if is_answered else None,
            answered_by=self.officials[slug] if is_answered else None,
            why_not=row.get("why_not", ""),
            why_not_text=row.get("why_not_text", ""),
        )
        for priority, person in enumerate(row.get("people", ()), start=1):
            there = {"ticked_at": began, "ticked_by": self.consultant} if "was_there" in person else {}
            Attendee.objects.create(
                **{name: person[name] for name in OF_PERSON if name in person},
                **there,
                visit=visit,
                invitation=invitation,
                priority=priority,
                named_by=self.officials[slug],
            )
            if person.get("was_there"):
                visit.municipalities.add(invitation.municipality)

    def _question(self, visit: StudyVisit, row: dict[str, Any], items: list[ProgrammeItem]) -> TravelQuestion:
        keywords = row.get("keywords", "")
        asked = min(visit.opened_at or self.now, self.now)
        heard = asked + timedelta(days=INVITED)
        noted = {"keywords": keywords, "noted_at": heard, "noted_by": self.consultant} if keywords else {}
        return TravelQuestion.objects.create(
            visit=visit,
            municipality=self.places[row["municipality"]],
            item=items[row["item"]],
            text=row["text"],
            asked_at=asked,
            asked_by=self.officials[row["municipality"]],
            **noted,
        )

    def _report(
        self,
        visit: StudyVisit,
        row: dict[str, Any],
        items: list[ProgrammeItem],
        questions: list[TravelQuestion],
    ) -> None:
        published = self.at(row["published"])
        report = Report.objects.create(visit=visit, slug=visit.slug, owner=self.consultant, is_demo=True)
        texts = {name: row[name] for name in ("title_cs", "title_en", "summary_cs", "summary_en")}
        html = {f"summary_html_{code}": markdown.render(row[f"summary_{code}"]) for code in ("cs", "en")}
        edition = ReportEdition.objects.create(
            document=report, number=1, author=self.consultant, **texts, **html
        )
        lessons = [
            Lesson.objects.create(report=report, number=number)
            for number in range(1, len(row["lessons"]) + 1)
        ]
        edition.write_beside(_parts(row, items, questions, lessons))
        move(edition, State.IN_REVIEW, also={"submitted_at": published, "submitted_by": self.consultant})
        move(edition, State.PUBLISHED, also={"published_at": published, "published_by": self.editor})
        edition.index()
        Dispatch.objects.create(
            edition=edition, readers=Readers.EVERYBODY, begun_at=published, done_at=published
        )
        for one in row["deliveries"]:
            self._delivery(edition, one, published)
        for one in row["proposals"]:
            self._proposal(lessons[one["lesson"]], one, published + timedelta(days=PROPOSED))

    def _delivery(self, edition: ReportEdition, row: dict[str, Any], at: datetime) -> None:
        official, read = self.officials[row["municipality"]], self.at(row["acknowledged"])
        Delivery.objects.create(
            report=edition.document,
            edition=edition,
            municipality=self.places[row["municipality"]],
            email=official.email,
            state=DeliveryState.ACKNOWLEDGED,
            queued_at=at,
            sent_at=at,
            opened_at=read,
            acknowledged_at=read,
            acknowledged_by=official,
        )

    def _proposal(self, lesson: Lesson, row: dict[str, Any], at: datetime) -> None:
        state, answered = row["state"], at + timedelta(days=ANSWERED)
        is_answered = state != LessonAnswer.PROPOSED
        goes_on = state in (LessonAnswer.ADOPTED, LessonAnswer.PLANNED)
        proposal = Proposal.objects.create(
            lesson=lesson,
            municipality=self.places[row["municipality"]],
            state=state,
            reason=row.get("reason", ""),
            proposed_at=at,
            proposed_by=self.consultant,
            answer_by=(at + timedelta(days=DAYS_TO_ANSWER)).date(),
            answered_at=answered if is_answered else None,
            answered_by=self.officials[row["municipality"]] if is_answered else None,
            next_step_on=months_after(answered.date(), MONTHS[1]) if goes_on else None,
        )
        if "outcome" in row:
            said = {"text": row["outcome"], "answered_at": self.now, "answered_by": proposal.answered_by}
            asked = self.at(-ANSWERED)
            Outcome.objects.create(
                proposal=proposal, months=MONTHS[0], asked_at=asked, **said if row["outcome"] else {}
            )


def _parts(
    row: dict[str, Any], items: list[ProgrammeItem], questions: list[TravelQuestion], lessons: list[Lesson]
) -> dict[str, list[dict[str, Any]]]:
    """Return the parts of a report as words() of an edition has them."""

    def numbered(name: str) -> list[dict[str, Any]]:
        return [{**words, "position": number} for number, words in enumerate(row[name], start=1)]

    answers = [(questions[one["question"]], one["text"]) for one in row["answers"]]
    return {
        "sections": [{"item_id": items[words.pop("item")].pk, **words} for words in numbered("sections")],
        "answers": [
            {"question_id": question.pk, "wording": question.text, "text": text} for question, text in answers
        ],
        "figures": numbered("figures"),
        "lessons": [
            {**words, "lesson": lesson} for words, lesson in zip(numbered("lessons"), lessons, strict=True)
        ],
    }


@transaction.atomic
def load(*, consultant: User, editor: User, officials: dict[str, User]) -> int:
    """Make the visits that are not there yet, and return how many there were to make."""
    maker = Maker(consultant=consultant, editor=editor, officials=officials)
    records = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    known = set(StudyVisit.objects.filter(is_demo=True).values_list("slug", flat=True))
    new = [record for record in records if record["slug"] not in known]
    for record in new:
        maker.visit(record)
    return len(new)
