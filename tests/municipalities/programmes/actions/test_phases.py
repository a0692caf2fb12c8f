"""The log of a programme: its phases added, changed and removed, each as a change of the programme."""

import pytest

from core import search
from core.states import Conflict
from municipalities.models import Programme, ProgrammePhase
from municipalities.programmes.actions import phases, programmes
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.programmes import a_draft, phase_words
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

OFFICIALS = "Only officials of the municipality and the Contact Centre write its programmes."


@pytest.fixture
def place():
    return MunicipalityFactory(name="Vír", slug="vir")


@pytest.fixture
def official(place):
    return MembershipFactory(municipality=place).user


@pytest.fixture
def draft(place, official):
    return a_draft(place, official)


def test_phases_are_added_changed_and_removed(draft, official):
    phase = phases.add_phase(draft, words=phase_words(), version=1, by=official)
    phases.add_phase(draft, words=phase_words(title_cs="Ověření"), version=2, by=official)
    phases.change_phase(draft, phase=phase, words=phase_words(start="2024"), version=3, by=official)
    assert list(draft.phases.values_list("position", "title_cs", "start")) == [
        (1, "Příprava koncepce", "2024"),
        (2, "Ověření", "2025-03"),
    ]
    with pytest.raises(Conflict):
        phases.remove_phase(draft, phase=phase, version=3, by=official)
    number = phase.pk
    phases.remove_phase(draft, phase=phase, version=4, by=official)
    assert draft.phases.get().title_cs == "Ověření"
    assert draft.version == 5
    assert written(draft)[-2:] == [
        ("programme.phase_change", official.pk, {"phase": number}),
        ("programme.phase_remove", official.pk, {"phase": number}),
    ]


def test_whoever_writes_a_phase_is_who_changed_the_programme(draft):
    by = UserFactory()
    phases.add_phase(draft, words=phase_words(), version=1, by=by)
    assert Programme.objects.get().changed_by == by


def test_phases_of_a_public_programme_are_found(draft, official):
    programmes.publish(draft, version=1, by=UserFactory())

    def found():
        return [hit.title for hit in search.find("pracovní skupina", scope=search.PUBLIC).hits]

    phase = phases.add_phase(draft, words=phase_words(), version=2, by=official)
    assert found() == ["Vír"]
    phases.remove_phase(draft, phase=phase, version=3, by=official)
    assert found() == []


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("an official of another municipality", OFFICIALS),
        ("an administrator", "Your role does not write about municipalities."),
    ],
)
def test_others_write_no_phase(draft, official, who, words):
    by = UserFactory(administrator=True) if "administrator" in who else MembershipFactory().user
    phase = phases.add_phase(draft, words=phase_words(), version=1, by=official)
    assert refusal(phases.add_phase, draft, words=phase_words(), version=2, by=by) == [words]
    assert refusal(phases.change_phase, draft, phase=phase, words=phase_words(end=""), version=2, by=by) == [
        words
    ]
    assert refusal(phases.remove_phase, draft, phase=phase, version=2, by=by) == [words]
    assert (ProgrammePhase.objects.get().end, Programme.objects.get().version) == ("2025-06", 2)


def test_a_programme_has_forty_phases_at_most(draft, official):
    ProgrammePhase.objects.bulk_create(
        ProgrammePhase(programme=draft, position=number, title_cs="Příprava") for number in range(1, 41)
    )
    assert refusal(phases.add_phase, draft, words=phase_words(), version=1, by=official) == [
        "A programme has at most 40 phases. Change one of them."
    ]
    last = draft.phases.last()
    phases.change_phase(draft, phase=last, words={"title_cs": "Konec"}, version=1, by=official)
    last.refresh_from_db()
    assert (last.title_cs, draft.phases.count()) == ("Konec", 40)


@pytest.mark.parametrize("is_read_before", [True, False])
def test_of_two_who_write_at_once_one_is_told_and_writes_nothing(draft, official, is_read_before):
    phase = phases.add_phase(draft, words=phase_words(), version=1, by=official)
    rows = ProgrammePhase.objects.select_related("programme__municipality")
    theirs = rows.get()
    phases.change_phase(draft, phase=phase, words=phase_words(title_cs="První"), version=2, by=official)
    if not is_read_before:
        theirs = rows.get()
    programme = theirs.programme
    with pytest.raises(Conflict):
        phases.add_phase(programme, words=phase_words(), version=2, by=official)
    with pytest.raises(Conflict):
        phases.change_phase(
            programme, phase=theirs, words=phase_words(title_cs="Druhá"), version=2, by=official
        )
    with pytest.raises(Conflict):
        phases.remove_phase(programme, phase=theirs, version=2, by=official)
    assert ProgrammePhase.objects.get().title_cs == "První"
