"""The ledger of who took a practice over."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core import search
from core.audit import AuditEntry
from core.documents import actions as documents
from core.states import Conflict, Refused
from municipalities.choices import AdoptionState
from municipalities.models import Adoption, AdoptionStep
from municipalities.models.practice import LESSON_KIND
from municipalities.practices import actions
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory
from tests.factories.practices import AdoptionFactory, AdoptionStepFactory, PracticeEditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return PracticeEditionFactory(published=True)


@pytest.fixture
def official():
    """An official of a municipality that has nothing to do with the practice."""
    return MembershipFactory().user


def place_of(official):
    """Return the municipality that an official speaks for."""
    return official and MembershipFactory._meta.model.objects.get(user=official).municipality


def mark(edition, official, state, on=None, version=0, **said):
    """Mark a step as an official does."""
    since = {"on": on[0], "precision": on[1]} if on else {}
    step = AdoptionStep(state=state, **since, **said)
    return actions.mark_adoption(
        edition.document, place_of(official), step=step, by=official, version=version
    )


def test_every_step_stays_in_the_ledger(edition, official):
    mark(edition, official, "piloted", on=(date(2020, 3, 1), "month"))
    mark(edition, official, "running", on=(date(2021, 1, 1), "year"), version=1)
    mark(edition, official, "dropped", version=2, reason_cs="Došly peníze.")

    adoption = Adoption.objects.get()
    assert adoption.state == AdoptionState.DROPPED
    assert [step.state for step in adoption.steps.in_order()] == ["piloted", "running", "dropped"]
    details = AuditEntry.objects.filter(verb="adoption.mark").values_list("details", flat=True)
    assert "peníze" not in str(list(details))


def test_dropped_needs_a_reason_and_may_begin_again(edition, official):
    with pytest.raises(Refused, match="přestali"):
        mark(edition, official, "dropped")
    mark(edition, official, "dropped", reason_cs="Málo nabídek.")
    mark(edition, official, "running", version=1)
    assert Adoption.objects.get().state == "running"


def test_it_does_not_go_back(edition, official):
    mark(edition, official, "running", on=(date(2021, 5, 1), "day"))
    with pytest.raises(Refused):
        mark(edition, official, "planned", version=1)
    with pytest.raises(Refused, match="pozdější datum"):
        mark(edition, official, "dropped", on=(date(2020, 1, 1), "year"), version=1, reason_cs="Proto.")
    # The year 2021 may mean a later day.
    mark(edition, official, "dropped", on=(date(2021, 1, 1), "year"), version=1, reason_cs="Proto.")


def test_only_a_plan_lies_ahead(edition, official):
    ahead = (timezone.localdate() + timedelta(days=90), "day")
    with pytest.raises(Refused, match="plán"):
        mark(edition, official, "running", on=ahead)
    mark(edition, official, "planned", on=ahead)
    # What was planned for later can be given up today.
    mark(edition, official, "dropped", on=(timezone.localdate(), "day"), version=1, reason_cs="Není kdo.")


def test_nobody_marks_for_others(edition, official):
    stranger = MembershipFactory().user
    with pytest.raises(Refused, match="nejednáte"):
        actions.mark_adoption(
            edition.document, place_of(official), step=AdoptionStep(state="studied"), by=stranger
        )


def test_the_centre_needs_a_source(edition, official):
    editor, place = UserFactory(editor=True), place_of(official)
    with pytest.raises(Refused, match="odkud"):
        actions.mark_adoption(edition.document, place, step=AdoptionStep(state="running"), by=editor)
    actions.mark_adoption(
        edition.document, place, step=AdoptionStep(state="running", source_cs="Zápis rady"), by=editor
    )
    assert AdoptionStep.objects.get().source_cs == "Zápis rady"


def test_what_is_not_published_cannot_be_taken_over(official):
    draft = PracticeEditionFactory()
    with pytest.raises(Refused, match="není zveřejněná"):
        mark(draft, official, "studied")


def test_two_at_once_are_told(edition, official):
    mark(edition, official, "studied")
    with pytest.raises(Conflict):
        mark(edition, official, "planned", version=0)
    with pytest.raises(Conflict):
        actions.undo_step(Adoption.objects.get(), version=7, by=official)


def test_the_last_step_is_taken_back(edition, official):
    mark(edition, official, "studied")
    mark(edition, official, "running", version=1)
    actions.undo_step(Adoption.objects.get(), version=2, by=official)
    assert Adoption.objects.get().state == "studied"
    actions.undo_step(Adoption.objects.get(), version=3, by=official)
    assert not Adoption.objects.exists()


def test_an_old_or_a_shipped_step_stands(official):
    adoption = AdoptionFactory(municipality=place_of(official))
    step = AdoptionStepFactory(adoption=adoption, entered_at=timezone.now() - timedelta(days=31))
    with pytest.raises(Refused, match="30 dní"):
        actions.undo_step(adoption, version=1, by=official)
    AdoptionStep.objects.filter(pk=step.pk).update(entered_by=None)
    with pytest.raises(Refused, match="od začátku"):
        actions.undo_step(adoption, version=1, by=official)


def lessons(words: str) -> list[int]:
    """Return the lessons that the public finds."""
    return search.ids(words, kind=LESSON_KIND, scope=search.PUBLIC)


def test_why_it_was_dropped_is_found_until_it_is_taken_back(edition, official):
    mark(edition, official, "dropped", reason_cs="Došly peníze na kauce.")
    step = AdoptionStep.objects.get()
    assert lessons("kauci") == lessons("peníze") == [step.pk]
    [hit] = search.find("kauci", scope=search.PUBLIC).hits
    assert hit.title == f"{place_of(official).name}: {edition.title_cs}"
    assert hit.url == edition.document.get_absolute_url()
    actions.undo_step(Adoption.objects.get(), version=1, by=official)
    assert lessons("kauci") == []


def test_what_runs_again_stays_a_lesson(edition, official):
    mark(edition, official, "dropped", reason_cs="Došly peníze na kauce.")
    mark(edition, official, "running", version=1, reason_cs="Kauce platí nadace.")
    assert lessons("kauce") == [AdoptionStep.objects.get(state="dropped").pk]


def test_lessons_come_and_go_with_the_practice(edition, official):
    mark(edition, official, "dropped", reason_cs="Došly peníze na kauce.")
    editor = UserFactory(editor=True)
    documents.withdraw(edition, reason="Údaje neplatí.", version=edition.version, by=editor)
    assert lessons("kauce") == []
