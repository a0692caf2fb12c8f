"""The short code: made, shown, taken away, and what it withstands."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import hashers
from django.db import connection
from django.utils import timezone

from accounts.models import User
from consultations.intake.actions import short_code
from consultations.intake.actions.short_code import drop_code, make_code, open_by_code, plain_word
from consultations.models import ShortCode, SupportRequest
from consultations.models.short_code import SPELLING, new_code, read_code
from core.audit import AuditEntry, entries_of
from core.states import Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory, SupportRequestFactory
from tests.factories.municipalities import MunicipalityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

WORD, PHONE = "Zelená konev", "+420602123456"
NOTHING = "Nothing was found. Check both: the code, and the phone number or the word."


@pytest.fixture
def case() -> SupportRequest:
    return SupportRequestFactory(requester=PersonFactory(name="Jana Nováková", phone=PHONE))


def tries(code: ShortCode, proof: str, times: int) -> None:
    for _time in range(times):
        with pytest.raises(Refused):
            open_by_code(code=code.code, proof=proof)


# The code itself ------------------------------------------------------------------


def test_no_two_signs_of_a_code_are_taken_for_each_other() -> None:
    for alike in ("0OQD", "1ILJ", "2Z", "5S", "6G", "8B", "UVWY", "MN"):
        assert len(set(alike) & set(SPELLING)) == 1, alike
    codes = {new_code() for _number in range(1000)}
    assert len(codes) > 990
    assert {len(code) for code in codes} == {6}
    assert {read_code(code) == code for code in codes} == {True}


@pytest.mark.parametrize("typed", ["K7A3F9", "k7a 3f9", " K7A-3F9 ", "k7á·3f9", "Ｋ７Ａ３Ｆ９"])
def test_a_code_is_read_as_it_was_meant(typed: str) -> None:
    assert read_code(typed) == "K7A3F9"


def test_what_is_easily_mistaken_is_read_as_what_it_is_not() -> None:
    assert read_code("OQDILJ") == "000111"
    assert read_code("zsgbmu") == "2568NV"


def test_it_is_shown_in_two_groups_and_spelled(case: SupportRequest) -> None:
    code = make_code(case, by=None)
    assert re.fullmatch(r"\w{3}\xa0\w{3}", code.grouped)
    assert [sign for sign, _word in code.spelled] == list(code.code)


# Made and taken away ----------------------------------------------------------------


def test_of_the_word_and_the_code_nothing_can_be_read_in_the_database(case: SupportRequest) -> None:
    code = make_code(case, word=WORD, by=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, code_digest, word FROM consultations_shortcode")
        row = str(cursor.fetchall())
    for secret in (code.code, WORD, plain_word(WORD)):
        assert secret not in row
    assert hashers.identify_hasher(code.word)


def test_it_opens_by_the_phone_number_however_that_is_written(case: SupportRequest) -> None:
    code = make_code(case, by=None)
    for typed in (PHONE, "602 123 456", "00420 602-123-456"):
        assert open_by_code(code=code.code.lower(), proof=typed) == case
    assert [entry.verb for entry in entries_of(case)] == ["request.make_code"] + ["request.open_by_code"] * 3


def test_it_opens_by_the_word_and_forgives_case_diacritics_and_spaces(case: SupportRequest) -> None:
    code = make_code(case, word=WORD, by=None)
    for typed in (WORD, "zelena konev", " ZELENÁKONEV "):
        assert open_by_code(code=code.code, proof=typed) == case
    tries(code, PHONE, 1)


def test_a_new_one_ends_the_one_before_and_its_rest(case: SupportRequest) -> None:
    old = make_code(case, word=WORD, by=None).code
    tries(ShortCode.objects.get(), "nothing", 5)
    new = make_code(case, by=None)
    assert ShortCode.objects.count() == 1
    with pytest.raises(Refused):
        open_by_code(code=old, proof=WORD)
    assert open_by_code(code=new.code, proof=PHONE) == case


def test_taken_away_it_opens_nothing(case: SupportRequest) -> None:
    code = make_code(case, by=None)
    drop_code(case, by=None)
    tries(code, PHONE, 1)
    with pytest.raises(Refused, match="no short code"):
        drop_code(case, by=None)


def test_without_a_phone_number_there_has_to_be_a_word(case: SupportRequest) -> None:
    code = make_code(case, by=None)
    case.requester.phone = ""
    case.requester.save()
    tries(code, "", 1)
    tries(code, PHONE, 1)
    with pytest.raises(Refused, match="no phone number"):
        make_code(case, by=None)


@pytest.mark.parametrize(
    "word", ["krátk", "a b c d e", "Nováková", "jana novakova", "Nováková75", PHONE, "602123456"]
)
def test_a_word_that_is_short_or_known_is_refused(case: SupportRequest, word: str) -> None:
    with pytest.raises(Refused):
        make_code(case, word=word, by=None)
    assert not ShortCode.objects.exists()


def test_the_place_and_what_everybody_chooses_are_refused() -> None:
    case = SupportRequestFactory(municipality=MunicipalityFactory(name="Veselíčko"))
    for word in ("veselicko", case.reference, "password123", "123456789"):
        with pytest.raises(Refused):
            make_code(case, word=word, by=None)


def test_an_official_logs_in_instead() -> None:
    case = SupportRequestFactory(official=True)
    with pytest.raises(Refused, match="after logging in"):
        make_code(case, word=WORD, by=None)


def test_the_desk_makes_one_for_somebody_on_the_phone(case: SupportRequest) -> None:
    me = UserFactory(role="consultant")
    code = make_code(case, word=WORD, by=me)
    assert open_by_code(code=code.code, proof=WORD) == case
    [made] = entries_of(case).filter(verb="request.make_code")
    assert (made.actor_id, made.details) == (me.pk, {"asks_for": "word"})
    with pytest.raises(Refused):
        make_code(case, word=WORD, by=UserFactory(editor=True))


def test_no_entry_of_the_audit_holds_a_code_a_word_or_a_number(case: SupportRequest) -> None:
    code = make_code(case, word=WORD, by=None)
    tries(code, "wrong word", 5)
    told = str(list(AuditEntry.objects.values_list("verb", "details")))
    assert "request.rest_code" in told
    for secret in (code.code, WORD, plain_word(WORD), "wrong word", PHONE):
        assert secret not in told


def test_a_code_made_under_a_former_key_still_opens(case: SupportRequest, settings: Any) -> None:
    code = make_code(case, by=None).code
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    assert open_by_code(code=code, proof=PHONE) == case


# What it withstands -----------------------------------------------------------------


def test_after_five_wrong_tries_it_opens_nothing_for_an_hour_then_longer(case: SupportRequest) -> None:
    code, now = make_code(case, word=WORD, by=None), timezone.now()
    with time_machine.travel(now, tick=False):
        tries(code, "wrong word", 4)
        assert open_by_code(code=code.code, proof=WORD) == case  # and the tries are forgotten
        tries(code, "wrong word", 5)
        tries(code, WORD, 3)  # right, but it rests; nor does that make it longer
    with time_machine.travel(now + timedelta(minutes=61), tick=False):
        tries(code, "wrong word", 1)
        tries(code, WORD, 1)
    with time_machine.travel(now + timedelta(minutes=61 + 119), tick=False):
        tries(code, WORD, 1)
    with time_machine.travel(now + timedelta(minutes=61 + 121), tick=False):
        assert open_by_code(code=code.code, proof=WORD) == case


def test_it_never_rests_longer_than_a_day(case: SupportRequest) -> None:
    code = make_code(case, word=WORD, by=None)
    ShortCode.objects.update(wrong_tries=3000)
    tries(code, "wrong word", 1)
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1)):
        assert open_by_code(code=code.code, proof=WORD) == case


def test_a_try_counts_before_it_is_looked_at(case: SupportRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many tries at once are no more than one after the other: the sixth waits for no answer of the five."""
    code = make_code(case, word=WORD, by=None)
    seen: list[int] = []

    def look(*_said: Any) -> bool:
        seen.append(ShortCode.objects.get().wrong_tries)
        return False

    monkeypatch.setattr(short_code, "_is_right", look)
    tries(code, "wrong word", 1)
    assert seen == [1]


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was hashed slowly: the answer to each try costs one, whatever it is about."""
    done: list[str] = []

    def check(word: str, kept: str) -> bool:
        done.append(word)
        return hashers.check_password(word, kept)

    def make(word: str) -> str:
        done.append(word)
        return hashers.make_password(word)

    monkeypatch.setattr(short_code, "check_password", check)
    monkeypatch.setattr(short_code, "make_password", make)
    return done


def test_the_answer_is_the_same_whatever_is_wrong(case: SupportRequest, hashed: list[str]) -> None:
    by_phone = make_code(case, by=None)
    by_word = make_code(SupportRequestFactory(), word=WORD, by=None)
    resting = make_code(SupportRequestFactory(), word=WORD, by=None)
    tries(resting, "wrong word", 5)
    free = next(
        code for code in iter(new_code, "") if code not in (by_phone.code, by_word.code, resting.code)
    )
    hashed.clear()
    answers = []
    for code in (free, by_phone.code, by_word.code, resting.code):
        with pytest.raises(Refused) as refused:
            open_by_code(code=code, proof="wrong word")
        answers.append((refused.value.reasons, len(hashed)))
        hashed.clear()
    assert answers == [([NOTHING], 1)] * 4


def test_the_slow_hash_keeps_nobody_else_waiting(
    case: SupportRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite all who write would wait for a transaction that is open meanwhile."""
    code, depths = make_code(case, word=WORD, by=None), [len(connection.savepoint_ids)]
    monkeypatch.setattr(
        short_code, "check_password", lambda *_said: depths.append(len(connection.savepoint_ids))
    )
    tries(code, "wrong word", 1)
    assert depths[1] == depths[0]


def test_who_reads_only_makes_no_code(case: SupportRequest) -> None:
    editor: User = UserFactory(editor=True)
    assert short_code.reasons_against_making_code(case, by=editor)
    assert not short_code.reasons_against_making_code(case, by=None)
