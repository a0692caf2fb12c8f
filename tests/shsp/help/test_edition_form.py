"""The form of the guided page's texts."""

from typing import Any

import pytest
from django.conf import settings

from shsp.help.content import own_line_keys
from shsp.help.edition_form import HelpEditionForm
from shsp.models import HelpEdition
from tests.factories.pages import the_help

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def edition() -> HelpEdition:
    return the_help().editions.get()


def sent(edition: HelpEdition, **changed: str) -> HelpEditionForm:
    words = {name: str(value or "") for name, value in HelpEditionForm.initial_of(edition).items()}
    return HelpEditionForm({**words, **changed}, edition=edition)


def changed(form: HelpEditionForm, edition: HelpEdition) -> list[Any]:
    assert form.is_valid(), form.errors
    return [(row["label"], row["after"]) for row in form.differences(edition.words(), form.to_words())]


def test_the_form_as_it_is_shown_changes_nothing_and_is_not_too_large(edition):
    form = sent(edition)
    assert changed(form, edition) == []
    sizes = [len(HelpEditionForm(edition=edition, part=part.key).fields) for part in form.outline]
    assert max(sizes) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS * 0.5
    # Every text stands in one part; each part has two fields that nobody sees.
    assert sum(sizes) - 2 * len(sizes) == len(form.fields) - 2


def test_a_sentence_and_a_number_change_in_one_reading(edition):
    words = {"lines.seniors.number": "800 111 222", "cards.labour.say.uk": "Я хочу допомогу."}
    assert changed(sent(edition, **words), edition) == [
        ("Crisis line: Senior telefon – Telephone number", "800 111 222"),
        ("Place to turn to: Labour Office – What to say there (Українська)", "Я хочу допомогу."),
    ]


def test_unbroken_spaces_stay_and_lines_are_joined(edition):
    form = sent(edition, **{"words.title.cs": "Hrozí  mi\r\nztráta\xa0bydlení"})
    assert form.is_valid()
    assert form.cleaned_data["words.title.cs"] == "Hrozí mi ztráta\xa0bydlení"


def test_every_reading_is_wanted(edition):
    assert list(sent(edition, **{"cards.own.text.easy": " "}).errors) == ["cards.own.text.easy"]


def test_a_line_is_added_whole_and_then_there_is_room_for_another(edition):
    number, name, _nonstop, *whom = own_line_keys(1)
    half = sent(edition, **{number: "116 999"})
    assert set(half.errors) == {name, *whom}
    whole = sent(edition, **{number: "116 999", name: "Nová linka", **dict.fromkeys(whom, "x")})
    told = changed(whole, edition)
    assert ("Add a crisis line – Telephone number", "116 999") in told
    # What was left as the form offered it is no difference.
    assert len(told) == 2 + len(whom)
    edition.take_over(whole.to_words())
    edition.save()
    legends = [part.legend for part in HelpEditionForm(edition=edition).outline]
    assert {"Crisis line: Nová linka", "Add a crisis line"} <= set(legends)
