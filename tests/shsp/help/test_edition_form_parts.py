"""The guided page is written part by part: nothing is lost by that, and nobody is in another's way."""

import pytest
from django.urls import reverse

from core.documents.models import UnsavedText
from shsp.help.edition_form import HelpEditionForm
from tests.factories.accounts import UserFactory
from tests.factories.pages import own_edition, the_help

pytestmark = pytest.mark.django_db
LINE, CARD = "lines.seniors", "cards.labour"


@pytest.fixture
def draft():
    return own_edition(the_help(), by=UserFactory(editor=True))


def at(draft, part=""):
    verb, more = ("edit-part", [part]) if part else ("edit", [])
    return reverse(f"desk-help-page-{verb}", args=[draft.document_id, *more])


def sent(draft, part, **changed):
    """Return what the form of a part sends, as it stands now, with some texts changed."""
    form = HelpEditionForm(edition=draft, part=part, initial=HelpEditionForm.initial_of(draft))
    return {name: form[name].value() or "" for name in form.fields} | changed


def test_each_part_is_saved_by_itself_and_the_rest_stays(log_in, draft):
    client, _me = log_in("editor")
    before = draft.texts
    number = {"lines.seniors.number": "800 111 222"}
    answer = client.post(at(draft, LINE), sent(draft, LINE, **number))
    assert answer.url == f"{at(draft)}#part-{LINE}"
    draft.refresh_from_db()
    assert draft.texts == {**before, **number}
    shown = {part.key: part.is_changed for part, _unsaved in client.get(at(draft)).context["parts"]}
    assert [key for key, is_changed in shown.items() if is_changed] == [LINE]
    assert client.post(at(draft), sent(draft, "", review_on="2028-01-31")).status_code == 302
    draft.refresh_from_db()
    assert (draft.review_on.year, draft.texts["lines.seniors.number"]) == (2028, "800 111 222")


def test_two_people_write_on_two_parts_and_meet_in_one(log_in, draft):
    client, _me = log_in("editor")
    colleague, _them = log_in("administrator")
    mine = sent(draft, LINE, **{"lines.seniors.number": "800 111 222"})
    theirs = sent(draft, CARD, **{"cards.labour.say.cs": "Nová slova."})
    late = sent(draft, CARD, **{"cards.labour.say.cs": "Jiná slova."})
    assert client.post(at(draft, LINE), mine).status_code == 302
    assert colleague.post(at(draft, CARD), theirs).status_code == 302
    conflict = client.post(at(draft, CARD), late)
    assert conflict.status_code == 409
    [text] = conflict.context["theirs"]
    assert (text["before"], text["after"]) == ("Nová slova.", "Jiná slova.")
    again = {**late, "version": conflict.context["form"]["version"].value()}
    assert client.post(at(draft, CARD), again).status_code == 302


def test_what_was_typed_into_a_part_stays_while_another_one_is_saved(log_in, draft):
    client, me = log_in("editor")
    typed = sent(draft, CARD, **{"cards.labour.say.cs": "Rozepsáno."})
    line = sent(draft, LINE)
    client.post(at(draft, LINE), line)
    # It was shown before the other part was saved.
    assert client.post(at(draft, CARD), {**typed, "keep": "1"}).json()["said"]
    assert [part.key for part, unsaved in client.get(at(draft)).context["parts"] if unsaved] == [CARD]
    form = client.get(at(draft, CARD)).context["form"]
    assert form["cards.labour.say.cs"].value() == "Rozepsáno."
    assert (
        client.post(at(draft, CARD), {name: form[name].value() or "" for name in form.fields}).status_code
        == 302
    )
    assert not UnsavedText.objects.filter(writer=me).exists()
    # What arrives after that brings nothing back.
    client.post(at(draft, CARD), {**typed, "keep": "1"})
    assert not UnsavedText.objects.filter(writer=me).exists()


def test_there_is_no_other_part(log_in, draft):
    client, _me = log_in("editor")
    assert client.get(at(draft, "nothing")).status_code == 404
