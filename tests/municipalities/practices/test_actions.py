"""How a practice becomes public, by two people, and when it bears the label."""

import pytest

from core import search
from core.documents import actions as documents
from core.documents.choices import State
from core.outbox.mail import OutgoingMail
from core.states import Conflict, Refused
from municipalities.choices import Criterion, Verdict
from municipalities.models import PracticeEdition
from municipalities.places.known_people import finds_in_practice
from municipalities.practices import actions
from municipalities.practices.kind import PRACTICES
from tests.factories.accounts import UserFactory
from tests.factories.exchange import ExchangeQuestionFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.practices import PracticeEditionFactory

pytestmark = pytest.mark.django_db

TEXT = {
    "title_cs": "Kontaktní místo",
    "lead_cs": "Jedno místo.",
    "approach": "contact_point",
    "results_cs": "Přišlo 40 lidí.",
}
MET = dict.fromkeys(Criterion.values, (Verdict.MET, ""))


@pytest.fixture
def editor():
    return UserFactory(editor=True)


def test_an_official_proposes_only_for_their_own(editor):
    official = MembershipFactory().user
    with pytest.raises(Refused, match="nejednáte"):
        actions.start_practice(MunicipalityFactory(), words=TEXT, by=official)
    with pytest.raises(Refused, match="Vyberte obec"):
        actions.start_practice(None, words=TEXT, by=official)
    assert actions.start_practice(None, words=TEXT, by=editor).number == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"results_cs": "Přišlo 40 lidí."}, "nemají zdroj"),
        ({"results_cs": "Přišlo 40 lidí. [2]"}, "číslo 2"),
        ({"contact_cs": "jana@gmail.com"}, "soukromá adresa"),
    ],
)
def test_what_is_not_backed_is_not_sent(changes, reason):
    edition = PracticeEditionFactory(**changes)
    with pytest.raises(Refused, match=reason):
        documents.submit(edition, version=1, by=edition.author)


def test_the_way_of_an_officials_text(editor):
    membership = MembershipFactory()
    official, finisher = membership.user, UserFactory()
    text = {**TEXT, "results_cs": "Přišlo 40 lidí. [1]", "sources_cs": "Zpráva"}
    edition = actions.start_practice(membership.municipality, words=text, by=official)
    documents.submit(edition, version=1, by=official)
    documents.send_back(edition, remark="Doplňte cenu.", version=2, by=editor)
    documents.save_draft(edition, words=text, version=3, by=finisher)
    documents.submit(edition, version=4, by=official)
    for writer in (official, finisher):
        assert documents.reasons_against_publishing(edition, by=writer)
        assert actions.reasons_against_assessing(edition, by=writer)
    documents.publish(edition, version=5, by=editor)

    assert edition.document.slug == "kontaktni-misto"
    assert [row.object_id for row in search.find("místo", scope="public").hits] == [edition.document_id]
    kinds = list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["municipalities/practice_sent_back", "municipalities/practice_published"]
    for letter in OutgoingMail.objects.all():
        assert "Doplňte cenu" not in letter.text
        assert edition.title_cs in letter.text


def test_an_official_who_left_is_not_written_to(editor):
    edition = PracticeEditionFactory(in_review=True, author=UserFactory(official=True))
    documents.send_back(edition, remark="Opravte.", version=1, by=editor)
    assert not OutgoingMail.objects.exists()


def test_a_new_edition_supersedes_and_a_withdrawn_one_is_not_found(editor):
    first = PracticeEditionFactory(published=True)
    first.index()
    second = documents.new_edition(first.document, by=first.author)
    with pytest.raises(Refused, match="změnilo"):
        documents.submit(second, version=1, by=first.author)
    text = {**second.words(), "change_note_cs": "Doplněno", "title_en": ""}
    documents.save_draft(second, words=text, version=1, by=first.author)
    documents.submit(second, version=2, by=first.author)
    documents.publish(second, version=3, by=editor)
    first.refresh_from_db()
    assert first.state == State.SUPERSEDED
    documents.withdraw(second, reason="Už neplatí.", version=4, by=editor)
    assert search.find("místo", scope="public").count == 0


def test_finds_are_removed_or_justified_before_anybody_else_reads_it():
    edition = PracticeEditionFactory(steps_cs="Paní Horáčková bydlí v Dlouhé 12.")
    found = {one.found: one.key for one in finds_in_practice(edition)}
    assert list(found) == ["Horáčková", "Dlouhé 12"]
    with pytest.raises(Refused, match="Horáčková") as refusal:
        documents.submit(edition, version=1, by=edition.author)
    assert len(refusal.value.reasons) == 2
    with pytest.raises(Refused, match="proč"):
        documents.justify(edition, key=found["Dlouhé 12"], reason=" ", by=edition.author)
    for key in found.values():
        documents.justify(edition, key=key, reason="Veřejný případ.", by=edition.author)
    documents.submit(edition, version=1, by=edition.author)
    assert edition.state == State.IN_REVIEW


def test_a_contact_and_sources_may_name_offices_and_authors_but_no_birth_number():
    words = "Jan Novák, tel. 466 123 456, urad@obec.example.cz, Dlouhá 12."
    edition = PracticeEditionFactory(contact_cs=words, sources_cs=f"{words} 736028/5163")
    assert [(one.found, one.field) for one in finds_in_practice(edition)] == [("736028/5163", "sources_cs")]


def test_who_wrote_at_the_question_behind_a_practice_is_known():
    question = ExchangeQuestionFactory(author=UserFactory(name="Rút Mostecká"))
    edition = PracticeEditionFactory(lead_cs="Mostecká to zkusila.", document__from_question=question)
    assert [one.found for one in finds_in_practice(edition)] == ["Mostecká"]


def test_a_reason_for_withdrawal_is_checked(editor):
    edition = PracticeEditionFactory(published=True)
    reason = "Volejte 777 123 456."
    [one] = PRACTICES.check.finds_in(edition.document, {"reason": reason})
    with pytest.raises(Refused, match="777 123 456"):
        documents.withdraw(edition, reason=reason, version=1, by=editor)
    documents.withdraw(edition, reason=reason, version=1, kept={one.key: "Linka úřadu"}, by=editor)
    assert edition.justified_hits.get().reason == "Linka úřadu"


def test_the_label_needs_every_criterion_and_another_person(editor):
    edition = PracticeEditionFactory(published=True)
    with pytest.raises(Refused, match="každém kritériu"):
        actions.assess(edition, verdicts={"need": (Verdict.MET, "")}, version=1, by=editor)
    with pytest.raises(Refused, match="co chybí"):
        actions.assess(edition, verdicts={**MET, "need": (Verdict.PARTLY, "")}, version=1, by=editor)
    partly = {**MET, "need": (Verdict.PARTLY, "Chybí čísla.")}
    actions.assess(edition, verdicts=partly, version=1, by=editor)
    assert not PracticeEdition.objects.labelled().exists()
    with pytest.raises(Conflict):
        actions.assess(edition, verdicts=MET, version=1, by=editor)
    actions.assess(edition, verdicts=MET, version=2, by=editor)
    assert PracticeEdition.objects.labelled().get() == edition
    with pytest.raises(Refused, match="Vlastní text"):
        actions.assess(edition, verdicts=MET, version=3, by=edition.author)


def test_an_address_is_given_once_and_never_that_of_another_page(editor):
    for number, slug in enumerate(["lessons-2", "lessons-3"]):
        edition = PracticeEditionFactory(in_review=True, document__slug=None, title_cs="Lessons")
        documents.publish(edition, version=1, by=editor)
        assert edition.document.slug == slug, number
