"""A question to another municipality: checked, limited, answered once, credited, reminded, taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from consultations.choices import DeclineReason, Direction, PeerState
from consultations.models import PeerQuestion, SupportRequest
from consultations.peers import actions
from consultations.peers.queries import approach_for, colleagues_for, part, tasks
from consultations.prepared.insertions import peer_for
from consultations.requests import timeline
from core import audit
from core.outbox.mail import OutgoingMail
from core.states import Conflict, Refused
from municipalities.models import Municipality
from municipalities.places.actions import set_help_limit
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory, ProgrammeFactory
from tests.factories.peers import PeerQuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with override("en"):
        yield


@pytest.fixture
def case() -> SupportRequest:
    brno = MunicipalityFactory(name="Hranice", population=18_000)
    return SupportRequestFactory(open=True, municipality=brno)


@pytest.fixture
def helper() -> Municipality:
    place = MunicipalityFactory(name="Štětí")
    MembershipFactory(municipality=place)
    return place


def words(question: str = "Jak jste získali majitele bytů?", **changes: Any) -> dict[str, Any]:
    return {"question": question, "due_on": timezone.localdate() + timedelta(days=14), **changes}


def asked(case: SupportRequest, helper: Municipality, **changes: Any) -> PeerQuestion:
    return actions.ask(case, municipality=helper, **words(**changes), by=case.assignee)


def reasons(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.reasons


def official_of(place: Municipality) -> Any:
    return place.memberships.first().user


class TestAsking:
    def test_the_officials_get_a_link_and_nothing_else(self, case, helper):
        former = MembershipFactory(municipality=helper, ends_on=timezone.localdate())

        question = asked(case, helper)

        (sent,) = OutgoingMail.objects.all()
        assert sent.to == official_of(helper).email != former.user.email
        assert f"/my/help/{question.pk}/" in sent.text
        for secret in (case.reference, case.subject, case.requester.name, "Hranice", question.question):
            assert secret not in sent.text + sent.subject
        assert question.state == PeerState.ASKED
        assert audit.entries_of(question).get().details == {"request": case.pk, "municipality": helper.code}

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("V Hranicích to nejde.", "The text names the requester's municipality: “Hranicích”."),
            ("Paní Nováková se ptá.", "The text holds “Nováková” (name of somebody behind this text)."),
            ("Volejte 602 123 456.", "The text holds “602 123 456” (phone number)."),
        ],
    )
    def test_what_tells_who_asks_is_refused(self, case, helper, text, found):
        assert reasons(lambda: asked(case, helper, question=text)) == [found]
        assert not PeerQuestion.objects.exists()

    def test_a_find_may_stay_for_a_reason_but_the_municipality_only_by_consent(self, case, helper):
        text = "V Hranicích volejte 602 123 456."
        kept = {one.key: "Linka úřadu" for one in actions.find_hits(case, text)}

        assert len(reasons(lambda: asked(case, helper, question=text, kept_finds=kept))) == 1
        question = asked(case, helper, question=text, kept_finds=kept, consent="Telefonem 24. 11.")

        assert question.names_municipality
        assert list(question.kept_finds.values()) == [{"found": "602 123 456", "reason": "Linka úřadu"}]

    def test_a_reason_is_for_one_sentence(self, case, helper):
        [one] = actions.find_hits(case, "Volejte 602 123 456.")
        more = "Volejte 602 123 456. Klient má 602 123 456."
        kept = {one.key: "Linka úřadu"}
        assert reasons(lambda: asked(case, helper, question=more, kept_finds=kept)) == [
            "The text holds “602 123 456” (phone number)."
        ]

    def test_the_asking_municipality_itself_is_not_asked(self, case):
        MembershipFactory(municipality=case.municipality)
        assert reasons(lambda: asked(case, case.municipality)) == [
            "The request comes from this municipality."
        ]

    def test_where_nobody_speaks_nobody_is_asked(self, case):
        assert reasons(lambda: asked(case, MunicipalityFactory())) == [
            "Nobody who could answer speaks for this municipality."
        ]

    def test_who_also_speaks_for_the_asking_municipality_is_left_out(self, case, helper):
        both = official_of(helper)
        MembershipFactory(municipality=case.municipality, user=both)
        assert reasons(lambda: asked(case, helper)) == [
            "Nobody who could answer speaks for this municipality."
        ]
        question = PeerQuestionFactory(request=case, municipality=helper)
        assert not PeerQuestion.objects.visible_to(both).filter(pk=question.pk).exists()

    def test_the_limit_counts_by_calendar_month_whatever_became_of_a_question(self, helper):
        helper.help_limit = 1
        helper.save()
        first, second = (SupportRequestFactory(open=True) for _number in range(2))
        question = asked(first, helper)
        actions.revoke(question, version=1, by=first.assignee)

        used_up = ["It has used up its limit for this month (1)."]
        assert reasons(lambda: asked(second, helper)) == used_up
        month_after = timezone.now().replace(day=1) + timedelta(days=32)
        with time_machine.travel(month_after, tick=False):
            assert asked(second, helper).month == month_after.date().replace(day=1)

    def test_a_municipality_that_takes_none_is_not_asked(self, case, helper):
        set_help_limit(helper, limit=0, by=official_of(helper))
        assert reasons(lambda: asked(case, helper)) == ["It does not take questions now."]

    def test_one_municipality_is_not_asked_twice_at_once_about_a_request(self, case, helper):
        asked(case, helper)
        assert len(reasons(lambda: asked(case, helper))) == 1

    def test_a_request_nobody_has_taken_asks_nobody(self, helper):
        case = SupportRequestFactory()
        by = UserFactory()
        refused = reasons(lambda: actions.ask(case, municipality=helper, **words(), by=by))
        assert refused == ["Nobody has taken the request yet. Take it first."]

    def test_who_only_reads_requests_does_not_ask(self, case, helper):
        editor = UserFactory(editor=True)
        assert reasons(lambda: actions.ask(case, municipality=helper, **words(), by=editor))


class TestSettling:
    def test_an_answer_comes_to_the_request_and_is_credited(self, case, helper):
        question, official = asked(case, helper), official_of(helper)

        actions.answer(question, text="Zárukou za nájem.", version=1, by=official)

        note = case.contacts.latest("pk")
        assert (note.direction, note.pk) == (Direction.NOTE, question.told_as_id)
        assert "Štětí" in note.text
        assert "Zárukou za nájem." in note.text
        assert part(helper) == {"count": 1}
        credit = "Zárukou za nájem.\n\nS pomocí obce Štětí."
        assert peer_for(case, question).text == credit
        assert OutgoingMail.objects.latest("pk").to == case.assignee.email

    def test_whoever_writes_on_the_request_sees_first_what_has_come(self, case, helper):
        question, before = asked(case, helper), SupportRequest.objects.get(pk=case.pk).version
        actions.answer(question, text="Ano.", version=1, by=official_of(helper))
        assert SupportRequest.objects.get(pk=case.pk).version == before + 1

    def test_only_the_first_of_two_colleagues_answers(self, case, helper):
        second = MembershipFactory(municipality=helper).user
        question = asked(case, helper)
        actions.answer(question, text="První.", version=1, by=official_of(helper))

        assert reasons(lambda: actions.answer(question, text="Druhá.", version=1, by=second)) == [
            "Your municipality has answered already."
        ]
        assert PeerQuestion.objects.get().answer == "První."

    def test_strangers_and_staff_do_not_answer(self, case, helper):
        question, stranger = asked(case, helper), MembershipFactory().user
        for somebody in (stranger, case.assignee):
            assert reasons(lambda by=somebody: actions.answer(question, text="Ano.", version=1, by=by)) == [
                "Only those who speak for the municipality answer."
            ]

    def test_declining_says_why_and_counts_as_no_help(self, case, helper):
        question = asked(case, helper)
        actions.decline(
            question, reason=DeclineReason.TIME, words="Máme volby.", version=1, by=official_of(helper)
        )
        assert (question.state, part(helper)) == (PeerState.DECLINED, None)
        assert "Máme volby." in case.contacts.latest("pk").text

    def test_what_was_taken_back_is_not_answered(self, case, helper):
        question = asked(case, helper)
        actions.revoke(question, version=1, by=case.assignee)
        assert reasons(lambda: actions.answer(question, text="Ano.", version=1, by=official_of(helper))) == [
            "The Contact Centre has taken the question back."
        ]
        assert OutgoingMail.objects.latest("pk").kind == "consultations/peer_revoked"

    def test_taking_back_what_was_answered_meanwhile_conflicts(self, case, helper):
        question = asked(case, helper)
        actions.answer(PeerQuestion.objects.get(), text="Ano.", version=1, by=official_of(helper))
        with pytest.raises(Conflict):
            actions.revoke(question, version=1, by=case.assignee)


class TestWhereItShows:
    def test_the_timeline_of_the_helper_tells_it_to_its_officials_and_the_desk(self, case, helper):
        question = asked(case, helper)
        actions.answer(question, text="Ano.", version=1, by=official_of(helper))
        now = timezone.now()
        for reader in (official_of(helper), case.assignee):
            (entry,) = timeline.help_entries(helper, reader, now, 10)
            told = f"{entry.title} {entry.text} {entry.url} {entry.who}"
            assert case.reference not in told
            assert "Hranice" not in told
        assert timeline.help_entries(helper, MembershipFactory().user, now, 10) == []
        assert timeline.help_entries(case.municipality, case.assignee, now, 10) == []

    def test_it_waits_on_the_overview_of_the_officials(self, case, helper):
        question = asked(case, helper)
        (task,) = tasks(official_of(helper), [helper])
        assert (task.url, task.due_on) == (question.get_my_url(), question.due_on)


class TestWhomToAsk:
    def test_who_fits_best_comes_first_and_who_is_full_last(self, case, helper):
        full = MunicipalityFactory(name="plná", population=18_000, help_limit=0)
        MembershipFactory(municipality=full)
        MunicipalityFactory(name="němá", pilot=True)

        found = colleagues_for(case, approach=approach_for(case))

        assert [row.match.municipality.name for row in found] == ["Štětí", "plná"]
        assert (found[0].left_words, found[0].reasons_against) == ("2 questions left this month", [])
        assert found[1].reasons_against == ["It does not take questions now."]

    def test_without_a_municipality_the_topic_leads(self, helper):
        case = SupportRequestFactory(open=True, topic__slug="housing-first")
        ProgrammeFactory(municipality=helper, approaches=["housing_first"])
        MembershipFactory()

        (found,) = colleagues_for(case, approach=approach_for(case))

        assert found.match.municipality == helper
        assert "works with: Housing First" in found.match.reasons

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_number_of_queries_does_not_grow(self, case, django_assert_num_queries, rows):
        for _row in range(rows):
            PeerQuestionFactory(municipality=MembershipFactory().municipality)
        with django_assert_num_queries(5):
            assert len(colleagues_for(case, approach=approach_for(case))) == rows
