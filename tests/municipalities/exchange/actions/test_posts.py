"""The exchange: who may read and write there, and what becomes of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from accounts.permissions import Role
from core.audit import AuditEntry
from core.states import Refused
from municipalities.exchange.actions import posts as actions
from municipalities.exchange.queries import tasks
from municipalities.models import ExchangeAnswer, ExchangeQuestion, Thanks
from municipalities.people.actions.memberships import end_membership
from municipalities.timeline import queries as timeline
from tests.factories.accounts import UserFactory
from tests.factories.exchange import ExchangeAnswerFactory, ExchangeQuestionFactory
from tests.factories.municipalities import MembershipFactory

pytestmark = pytest.mark.django_db

WORDS = {"title": "Jak vybíráte nájemníky?", "text": "Chystáme pravidla."}


@pytest.fixture
def member():
    return MembershipFactory(municipality__name="Most")


def hide(post) -> None:
    now, by = timezone.now(), UserFactory(editor=True)
    type(post).objects.filter(pk=post.pk).update(hidden_at=now, hidden_by=by, hidden_reason="Důvod")
    post.refresh_from_db()


class TestReading:
    def test_the_desk_and_whoever_speaks_for_a_municipality_today(self, member):
        question = ExchangeQuestionFactory()
        readers = [member.user, UserFactory(), UserFactory(administrator=True)]
        for reader in readers:
            assert list(ExchangeQuestion.objects.visible_to(reader)) == [question]
        assert not ExchangeQuestion.objects.visible_to(UserFactory(official=True)).exists()
        assert not ExchangeQuestion.objects.visible_to(UserFactory(is_active=False)).exists()

    def test_whoever_leaves_reads_nothing_from_that_day_on(self, member):
        answer = ExchangeAnswerFactory()
        tomorrow = timezone.localdate() + timedelta(days=1)
        end_membership(member, ends_on=tomorrow, by=UserFactory(coordinator=True))
        assert ExchangeAnswer.objects.visible_to(member.user).get() == answer
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            assert not ExchangeAnswer.objects.visible_to(member.user).exists()

    def test_names_stand_only_while_their_owners_speak_for_the_municipality(self, member):
        question = ExchangeQuestionFactory(municipality=member.municipality, author=member.user)
        assert ExchangeQuestion.objects.for_page().get().who == f"{member.user.name}, Most"
        end_membership(member, ends_on=timezone.localdate(), by=UserFactory(coordinator=True))
        assert ExchangeQuestion.objects.for_page().get().who == "zástupce obce Most"
        centre = ExchangeAnswerFactory(question=question, municipality=None, author=UserFactory())
        assert ExchangeAnswer.objects.for_page().get(pk=centre.pk).who == "Kontaktní centrum"


class TestAsking:
    def test_it_is_kept_and_audited_without_its_words(self, member):
        question = actions.ask(member.municipality, words=WORDS, by=member.user)
        entry = AuditEntry.objects.get(verb="exchange.ask")
        assert (entry.subject_id, entry.details) == (question.pk, {"municipality": member.municipality_id})

    def test_a_form_sent_twice_asks_once(self, member):
        key = uuid4()
        first = actions.ask(member.municipality, words=WORDS, by=member.user, form_key=key)
        assert actions.ask(member.municipality, words=WORDS, by=member.user, form_key=key) == first

    def test_a_key_of_somebody_else_brings_nothing_of_theirs(self, member):
        key, other = uuid4(), MembershipFactory()
        theirs = actions.ask(other.municipality, words=WORDS, by=other.user, form_key=key)
        assert actions.ask(member.municipality, words=WORDS, by=member.user, form_key=key) != theirs

    def test_nobody_asks_for_a_municipality_that_they_do_not_speak_for(self, member):
        for by in (MembershipFactory().user, UserFactory(), UserFactory(official=True)):
            with pytest.raises(Refused):
                actions.ask(member.municipality, words=WORDS, by=by)

    def test_there_is_a_limit_an_hour(self, member):
        for _number in range(actions.QUESTIONS_AN_HOUR):
            actions.ask(member.municipality, words=WORDS, by=member.user)
        with pytest.raises(Refused, match="později"):
            actions.ask(member.municipality, words=WORDS, by=member.user)
        with time_machine.travel(timezone.now() + timedelta(minutes=61)):
            assert actions.reasons_against_asking(member.municipality, by=member.user) == []


class TestAnswering:
    def test_it_moves_the_question_to_the_top(self, member):
        question = ExchangeQuestionFactory(active_at=timezone.now() - timedelta(days=3))
        answer = actions.answer(question, text="Ano.", municipality=member.municipality, by=member.user)
        question.refresh_from_db()
        assert question.active_at == answer.written_at

    def test_only_staff_answer_for_the_centre(self, member):
        question = ExchangeQuestionFactory()
        assert actions.answer(question, text="Ano.", municipality=None, by=UserFactory()).municipality is None
        with pytest.raises(Refused):
            actions.answer(question, text="Ano.", municipality=None, by=member.user)

    def test_a_form_sent_twice_answers_once(self, member):
        question, key = ExchangeQuestionFactory(), uuid4()
        for _time in range(2):
            actions.answer(
                question, text="Ano.", municipality=member.municipality, by=member.user, form_key=key
            )
        assert question.answers.count() == 1

    def test_not_what_is_hidden_or_gone(self, member):
        question = ExchangeQuestionFactory()
        hide(question)
        with pytest.raises(Refused, match="skrytý"):
            actions.answer(question, text="Ano.", municipality=member.municipality, by=member.user)
        ExchangeQuestion.objects.all().delete()
        with pytest.raises(Refused, match="zpět"):
            actions.answer(question, text="Ano.", municipality=member.municipality, by=member.user)


class TestMending:
    def test_within_half_an_hour_and_before_an_answer(self):
        question = ExchangeQuestionFactory()
        actions.mend(question, words=WORDS, by=question.author)
        question.refresh_from_db()
        assert (question.title, question.edited_at is not None) == (WORDS["title"], True)
        with time_machine.travel(timezone.now() + timedelta(minutes=31)), pytest.raises(Refused):
            actions.mend(question, words=WORDS, by=question.author)
        ExchangeAnswerFactory(question=question)
        with pytest.raises(Refused, match="odpověděl"):
            actions.mend(question, words=WORDS, by=question.author)

    def test_not_an_answer_that_was_thanked_for_nor_anybody_elses(self):
        answer = ExchangeAnswerFactory()
        assert actions.reasons_against_mending(answer, by=answer.author) == []
        assert actions.reasons_against_mending(answer, by=answer.question.author) != []
        actions.thank(answer, by=answer.question.author)
        assert actions.reasons_against_mending(answer, by=answer.author) != []

    def test_a_question_is_taken_back_until_it_is_answered(self):
        question = ExchangeQuestionFactory()
        answer = ExchangeAnswerFactory(question=question)
        with pytest.raises(Refused):
            actions.take_back(question, by=question.author)
        actions.take_back(answer, by=answer.author)
        question.refresh_from_db()
        assert question.active_at == question.written_at
        actions.take_back(question, by=question.author)
        assert not ExchangeQuestion.objects.exists()
        assert AuditEntry.objects.filter(verb="exchange.take_back").count() == 2

    def test_what_is_hidden_stays(self):
        answer = ExchangeAnswerFactory()
        hide(answer)
        with pytest.raises(Refused):
            actions.take_back(answer, by=answer.author)


class TestThanksAndSettling:
    def test_once_and_back_again(self, member):
        answer = ExchangeAnswerFactory()
        for _time in range(2):
            actions.thank(answer, by=member.user)
        assert ExchangeAnswer.objects.for_question(member.user).get().thanks_count == 1
        for _time in range(2):
            actions.unthank(answer, by=member.user)
        assert not Thanks.objects.exists()
        assert AuditEntry.objects.filter(verb__endswith="thank").count() == 2

    def test_not_for_ones_own_and_not_by_strangers(self):
        answer = ExchangeAnswerFactory()
        for by in (answer.author, UserFactory(official=True)):
            with pytest.raises(Refused):
                actions.thank(answer, by=by)

    def test_a_successor_settles_what_the_municipality_asked(self, member):
        question = ExchangeQuestionFactory(municipality=member.municipality)
        actions.settle(question, is_settled=True, by=member.user)
        question.refresh_from_db()
        assert question.settled_at
        actions.settle(question, is_settled=False, by=member.user)
        with pytest.raises(Refused):
            actions.settle(question, is_settled=True, by=MembershipFactory().user)


class TestElsewhere:
    def test_the_timeline_tells_questions_and_answers_to_those_who_read_them(self, member):
        place = member.municipality
        question = ExchangeQuestionFactory(municipality=place, author=member.user, title="Náš dotaz")
        answer = ExchangeAnswerFactory(municipality=place, author=member.user, question__title="Jejich dotaz")
        hidden = ExchangeAnswerFactory(municipality=place, author=member.user)
        hide(hidden.question)

        def told(reader):
            entries = timeline.entries(place, reader=reader, before=timezone.now(), limit=10, kind="exchange")
            return [(entry.title, entry.url) for entry in entries]

        expected = [
            ("Odpověď jiné obci: Jejich dotaz", answer.get_absolute_url()),
            ("Dotaz v poradně: Náš dotaz", question.get_absolute_url()),
        ]
        assert told(member.user) == told(UserFactory()) == expected
        assert told(UserFactory(official=True)) == []

    def test_an_answer_of_others_waits_until_the_question_is_settled(self, member):
        question = ExchangeQuestionFactory(municipality=member.municipality, author=member.user)
        ExchangeAnswerFactory(question=question, municipality=member.municipality, author=member.user)
        assert tasks(member.user, [member.municipality]) == []
        ExchangeAnswerFactory(question=question, municipality=None, author=UserFactory())
        assert [task.url for task in tasks(member.user, [member.municipality])] == [
            question.get_absolute_url()
        ]
        actions.settle(question, is_settled=True, by=member.user)
        assert tasks(member.user, [member.municipality]) == []

    def test_roles_stand_as_the_brief_says(self):
        assert not UserFactory(role=Role.CONSULTANT).has("moderate_exchange")
