"""What the exchange is found by: words of questions and of answers, for its readers alone."""

import pytest

from core import search
from municipalities.exchange import search as exchange_search
from municipalities.exchange.actions import moderation
from municipalities.exchange.actions import posts as actions
from municipalities.models import ExchangeQuestion
from tests.factories.accounts import UserFactory
from tests.factories.exchange import ExchangeAnswerFactory, ExchangeQuestionFactory
from tests.factories.municipalities import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def question(member):
    words = {"title": "Jak vybíráte nájemníky?", "text": "Chystáme pravidla."}
    return actions.ask(member.municipality, words=words, by=member.user)


@pytest.mark.parametrize("words", ["nájemník", "vybirate najemniku", "PRAVIDLO", "nájemníky pravidl"])
def test_any_ending_finds_it_with_diacritics_or_without(question: ExchangeQuestion, words: str):
    assert exchange_search.ids(words) == [question.pk]


def test_neither_the_public_nor_the_desks_search_finds_it(question: ExchangeQuestion):
    for scope in (search.PUBLIC, search.DESK):
        assert search.find("nájemníky", scope=scope).hits == []


def test_it_follows_every_verb(member, question: ExchangeQuestion):
    centre = UserFactory()
    answer = actions.answer(question, text="Rozhoduje komise.", municipality=None, by=centre)
    assert exchange_search.ids("komise") == [question.pk]
    actions.mend(answer, words={"text": "Rozhoduje rada."}, by=centre)
    assert (exchange_search.ids("komise"), exchange_search.ids("rada")) == ([], [question.pk])
    actions.take_back(answer, by=centre)
    assert exchange_search.ids("rada") == []
    actions.take_back(question, by=member.user)
    assert exchange_search.ids("pravidla") == []


def test_what_is_hidden_is_not_found(question: ExchangeQuestion):
    editor = UserFactory(editor=True)
    answer = actions.answer(question, text="Rozhoduje komise.", municipality=None, by=UserFactory())
    moderation.hide(answer, reason="Jméno", by=editor)
    assert (exchange_search.ids("komise"), exchange_search.ids("pravidla")) == ([], [question.pk])
    moderation.hide(question, reason="Jméno", by=editor)
    assert exchange_search.ids("pravidla") == []
    moderation.restore(question, by=editor)
    moderation.restore(answer, by=editor)
    assert exchange_search.ids("komise pravidla") == [question.pk]


def test_all_at_once_is_as_one_by_one():
    first = ExchangeAnswerFactory(text="Rozhoduje komise.").question
    hidden = ExchangeAnswerFactory(text="Rozhoduje komise.", hidden=True).question
    ExchangeQuestionFactory(title="Komise", hidden=True)
    assert exchange_search.index_all() == 2
    assert exchange_search.ids("komise") == [first.pk]
    assert exchange_search.ids("pravidla") == [hidden.pk, first.pk]
    for question in (first, hidden):
        exchange_search.index(question)
    assert exchange_search.ids("komise") == [first.pk]
    assert exchange_search.ids("pravidla") == [hidden.pk, first.pk]


def test_the_newest_come_first(member):
    words = {"title": "Komise", "text": "Jak často se schází?"}
    asked = [actions.ask(member.municipality, words=words, by=member.user).pk for _number in range(3)]
    assert exchange_search.ids("komise") == asked[::-1]
