"""What everybody reads of lessons: answers and silence alike; what waits for officials and for the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from municipalities import hooks
from tests.factories.lessons import OutcomeFactory, ProposalFactory, WordingFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.practices import PracticeEditionFactory
from tests.factories.reports import ReportEditionFactory
from visits.choices import LessonAnswer
from visits.lessons import queries
from visits.models import LessonWording, VisitInvitation

pytestmark = pytest.mark.django_db

NO = {"state": LessonAnswer.NOT_SUITABLE, "reason": "Nemáme byty.", "answered": True}
YES = {"state": LessonAnswer.ADOPTED, "reason": "Běží to.", "answered": True}


def read(client, edition):
    return client.get(edition.document.visit.get_absolute_url()).content.decode()


def test_answers_and_silence_are_public_alike(client, edition, lessons):
    adopted = ProposalFactory(lesson=lessons[0], municipality__name="Adam", **YES)
    ProposalFactory(lesson=lessons[0], municipality__name="Božice", **NO)
    yesterday = timezone.localdate() - timedelta(1)
    silent = ProposalFactory(lesson=lessons[0], municipality__name="Cvikov", answer_by=yesterday)
    OutcomeFactory(proposal=adopted, text="Už pět bytů.")
    OutcomeFactory(proposal=silent, months=12, asked_at=timezone.now() - timedelta(31))
    page = read(client, edition)
    for words in ("Adam", "Běží to.", "Už pět bytů.", "Božice", "Nemáme byty.", "Cvikov", "neodpověděly"):
        assert words in page


def test_who_still_has_time_is_counted_and_not_named(client, edition, lessons):
    for name in ("Adam", "Božice"):
        ProposalFactory(lesson=lessons[0], municipality__name=name, answer_by=timezone.localdate())
    page = read(client, edition)
    assert "2 obce to zvažují." in page
    assert "Adam" not in page
    assert "Božice" not in page


def test_silence_months_later_is_public_once_its_day_has_passed(client, edition, lessons):
    row = ProposalFactory(lesson=lessons[0], **YES)
    outcome = OutcomeFactory(proposal=row, asked_at=timezone.now() - timedelta(29))
    assert "Po 3 měsících" not in read(client, edition)
    type(outcome).objects.update(asked_at=timezone.now() - timedelta(31))
    assert "Po 3 měsících: bez odpovědi" in " ".join(read(client, edition).split())


def test_a_visit_of_which_nothing_came_is_quiet(client, edition, lessons):
    assert "Co z toho vzešlo" not in read(client, edition)
    assert queries.public_part(edition.document.visit, None) is None


def test_nothing_of_a_withdrawn_report_is_public(client, edition, lessons, place):
    ProposalFactory(lesson=lessons[0], municipality=place, **YES)
    type(edition).objects.update(state="withdrawn")
    assert "Běží to." not in read(client, edition)
    assert queries.part_of_municipality(place) is None


def test_a_lesson_keeps_its_last_public_words(edition, wordings, lessons):
    type(edition).objects.update(state="superseded")
    second = ReportEditionFactory(published=True, document=edition.document, number=2)
    LessonWording.objects.create(edition=second, lesson=lessons[0], position=1, title="Nejdřív byt")
    draft = ReportEditionFactory(document=edition.document, number=3)
    LessonWording.objects.create(edition=draft, lesson=lessons[0], position=1, title="Koncept")
    words = queries.wordings([edition.document_id])
    assert {row.title for row in words.values()} == {"Nejdřív byt", wordings[1].title}


def test_the_public_part_costs_the_same_for_one_and_for_many(edition, lessons, django_assert_num_queries):
    def add():
        practice = PracticeEditionFactory(published=True).document
        for lesson in lessons:
            OutcomeFactory(proposal=ProposalFactory(lesson=lesson, practice=practice, **YES))

    add()
    for _round in range(2):
        with django_assert_num_queries(7):
            part = queries.public_part(edition.document.visit, None)
            assert [one.said for one in part["answers"]]
        add()


def test_the_desk_part_costs_the_same_for_one_and_for_many(edition, lessons, django_assert_num_queries):
    for _round in range(2):
        ProposalFactory(lesson=lessons[0])
        with django_assert_num_queries(8):
            queries.desk_part(edition.document.visit, None)


def test_the_municipality_page_names_what_it_answered(client, lessons, place):
    ProposalFactory(lesson=lessons[0], municipality=place, **NO)
    ProposalFactory(lesson=lessons[1], municipality=place)
    page = client.get(place.get_absolute_url()).content.decode()
    assert "Poučení ze studijních cest" in page
    assert "Nemáme byty." in page
    assert "Málo papírů" not in page


def test_officials_have_one_task_for_all_lessons_of_a_visit(lessons, place, official):
    for lesson in lessons:
        ProposalFactory(lesson=lesson, municipality=place)
    tasks = hooks.tasks_of(official, [place])
    assert [task.title for task in tasks] == [
        "Poučení z cesty čekají na vaši odpověď: Cesta do Finska, Veselíčko"
    ]


def test_what_came_of_it_is_a_task_until_it_is_said(lessons, place, official):
    row = ProposalFactory(lesson=lessons[0], municipality=place, **YES)
    OutcomeFactory(proposal=row, months=3)
    last = OutcomeFactory(proposal=row, months=12)
    assert [task.title for task in hooks.tasks_of(official, [place])] == [
        "Co vzešlo z poučení: Cesta do Finska, Veselíčko"
    ]
    last.text, last.answered_at, last.answered_by = "Nic.", timezone.now(), official
    last.save()
    assert hooks.tasks_of(official, [place]) == []


def test_what_no_longer_suits_is_not_asked(lessons, place, official):
    OutcomeFactory(proposal=ProposalFactory(lesson=lessons[0], municipality=place, **NO))
    assert hooks.tasks_of(official, [place]) == []


def test_the_desk_is_told_only_of_what_waits(edition, lessons, staff):
    def waiting():
        return [one.title for one in hooks.decisions_for(staff) if "poučení" in one.title.lower()]

    assert waiting() == ["Poučení z cest, která je třeba navrhnout"]
    for lesson in lessons:
        ProposalFactory(lesson=lesson)
    assert waiting() == []
    OutcomeFactory(proposal=ProposalFactory(lesson=lessons[0]), asked_at=timezone.now() - timedelta(1))
    assert waiting() == ["Obce, kterých je třeba se telefonicky zeptat, co z poučení vzešlo"]


def test_what_is_for_the_state_alone_waits_for_nobody(edition):
    WordingFactory(edition=edition, for_whom=["state", "landlords"])
    assert not queries.visits_to_propose().exists()
    WordingFactory(edition=edition, for_whom=["state", "mayors"])
    assert list(queries.visits_to_propose()) == [edition.document.visit]


def test_without_invitations_every_pilot_is_offered(edition, staff):
    pilot, invited = MunicipalityFactory(pilot=True), MunicipalityFactory()
    visit = edition.document.visit
    assert queries.choices_for(visit) == [pilot]
    VisitInvitation.objects.create(visit=visit, municipality=invited, invited_by=staff)
    assert queries.choices_for(visit) == [invited]


def test_the_officials_page_of_visits_says_what_waits(client, lessons, place, official):
    row = ProposalFactory(lesson=lessons[0], municipality=place, **YES)
    ProposalFactory(municipality=place, lesson=WordingFactory(edition__published=False).lesson)
    client.force_login(official)
    page = client.get(reverse("my-visits"))
    assert [one.url for one in page.context["before"]] == [row.get_my_url()]
    OutcomeFactory(proposal=row)
    page = client.get(reverse("my-visits"))
    assert [one.url for one in page.context["waiting"]] == [row.get_my_url()]
