"""Authors confirm the final text."""

import pytest
from django.utils import timezone

from core.notices.models import Notice
from core.states import Conflict, Refused, update
from studies.models import Confirmation
from studies.reviews.actions import confirmations as actions
from tests.factories.accounts import UserFactory
from tests.factories.material_texts import MaterialEditionFactory
from tests.factories.reviews import ConfirmationFactory
from tests.studies.reviews.parts import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def boss():
    return UserFactory(role="coordinator")


def waits_for(row):
    return actions.reasons_against_publishing(row.edition)


def test_the_text_waits_for_who_was_asked(boss):
    edition = MaterialEditionFactory()
    assert actions.reasons_against_publishing(edition) == []
    row = actions.ask(edition, name="Jana Nová", email="jana@example.org", language="cs", by=boss)
    assert told() == [("jana@example.org", "studies/author_asked")]
    assert waits_for(row) == ["Jana Nová has not confirmed the text as it is now."]
    with pytest.raises(Refused, match="asked already"):
        actions.ask(edition, name="Jana", email="JANA@example.org", language="cs", by=boss)
    actions.answer(row, version=row.version)
    assert waits_for(row) == []
    assert Notice.objects.get().kind == "studies/author"


def test_a_later_change_needs_a_new_confirmation(boss):
    row = ConfirmationFactory(asked_by=boss)
    actions.answer(row, version=1)
    update(row.edition, also={"saved_at": timezone.now(), "saved_by": boss})
    assert len(waits_for(row)) == 1
    with pytest.raises(Refused, match="has changed since"):
        actions.answer(row, version=row.version)
    actions.ask_again(row, version=row.version, by=boss)
    assert told()[-1] == (row.email, "studies/author_asked")
    actions.answer(row, version=row.version)
    assert waits_for(row) == []


def test_an_objection_is_kept_and_answered_once(boss):
    row = ConfirmationFactory(asked_by=boss)
    actions.answer(row, version=1, objection="Chybí kapitola.")
    assert Confirmation.objects.get().objection == "Chybí kapitola."
    assert len(waits_for(row)) == 1
    with pytest.raises(Conflict):
        actions.answer(Confirmation.objects.get(), version=1)


def test_published_without_it_with_a_reason(boss):
    row = ConfirmationFactory()
    with pytest.raises(Refused, match="Write why"):
        actions.waive(row, reason=" ", version=1, by=boss)
    actions.waive(row, reason="Autorka zemřela.", version=1, by=boss)
    assert waits_for(row) == []


def test_a_withdrawn_link_is_over(boss):
    row = ConfirmationFactory()
    actions.revoke(row, version=1, by=boss)
    assert (row.is_link_dead, waits_for(row)) == (True, [])
    with pytest.raises(Refused):
        actions.ask_again(row, version=row.version, by=boss)


def test_nobody_is_asked_of_what_is_published(boss):
    edition = MaterialEditionFactory(published=True)
    with pytest.raises(Refused, match="before it is published"):
        actions.ask(edition, name="Jana", email="jana@example.org", language="cs", by=boss)
