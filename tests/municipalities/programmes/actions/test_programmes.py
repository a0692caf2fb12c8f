from decimal import Decimal

import pytest
from django.core.files.storage import default_storage

from core import search
from core.audit import AuditEntry
from core.files.attachments import Attachment
from core.outbox.mail import OutgoingMail
from core.states import Conflict, Refused
from municipalities.models import Programme
from municipalities.programmes.actions import programmes
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory, ProgrammeFactory
from tests.factories.programmes import SECRET, a_document, a_draft, programme_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return MunicipalityFactory(name="Vír", slug="vir")


@pytest.fixture
def official(place):
    return MembershipFactory(municipality=place).user


@pytest.fixture
def desk():
    return UserFactory()


@pytest.fixture
def draft(place, official):
    return a_draft(place, official)


def found(words):
    return [hit.title for hit in search.find(words, scope=search.PUBLIC).hits]


def test_a_new_programme_is_a_draft_that_nobody_finds(draft, official):
    assert (draft.is_public, draft.version, draft.changed_by) == (False, 1, official)
    assert found("přestěhováním") == []
    entry = AuditEntry.objects.get(verb="programme.create")
    assert (entry.subject_id, entry.details) == (draft.pk, {"municipality": draft.municipality_id})


def test_a_municipality_may_have_several(draft, place, official):
    second = a_draft(place, official, name_cs="Druhý")
    assert {draft.key, second.key} == {"own-1", "own-2"}


@pytest.mark.parametrize("who", ["another municipality", "an administrator", "one who has left"])
def test_others_write_nothing(draft, place, official, who):
    strangers = {
        "another municipality": lambda: MembershipFactory().user,
        "an administrator": lambda: UserFactory(administrator=True),
        "one who has left": lambda: _left(place),
    }
    by = strangers[who]()
    with pytest.raises(Refused):
        a_draft(place, by)
    with pytest.raises(Refused):
        programmes.edit(draft, words=programme_words(), version=1, by=by)


def _left(place):
    row = MembershipFactory(municipality=place)
    row.ends_on = row.starts_on
    row.save()
    return row.user


def test_only_the_desk_makes_public_and_takes_back(draft, official, desk):
    for verb in (programmes.publish, programmes.unpublish):
        with pytest.raises(Refused):
            verb(draft, version=draft.version, by=official)
    programmes.publish(draft, version=1, by=desk)
    assert Programme.objects.published().get() == draft
    assert found("přestěhováním") == found("Charita") == ["Vír"]
    programmes.unpublish(draft, version=2, by=desk)
    assert found("přestěhováním") == []
    assert list(AuditEntry.objects.filter(verb__startswith="programme.").values_list("verb", flat=True)) == [
        "programme.create",
        "programme.publish",
        "programme.unpublish",
    ]


def test_what_is_internal_is_never_found(draft, desk):
    programmes.publish(draft, version=1, by=desk)
    programmes.edit(draft, words=programme_words(name_cs="Jinak"), version=2, by=desk)
    assert found("Jinak") == ["Vír"]
    assert found(SECRET) == found("tlumočení") == []


def test_who_asked_is_told_when_it_is_public(draft, official, desk):
    programmes.ask_publishing(draft, version=1, by=official)
    assert list(Programme.objects.asked()) == [draft]
    with pytest.raises(Refused, match="už"):
        programmes.ask_publishing(draft, version=2, by=official)
    programmes.publish(draft, version=2, by=desk)
    assert (draft.publish_asked_at, draft.publish_asked_by) == (None, None)
    mail = OutgoingMail.objects.get()
    assert mail.to == official.email
    assert "Vír" in mail.subject
    assert "Bydlení především" not in mail.text


def test_asking_can_be_taken_back(draft, official):
    programmes.ask_publishing(draft, version=1, by=official)
    programmes.take_back_asking(draft, version=2, by=official)
    assert not Programme.objects.asked()
    with pytest.raises(Refused):
        programmes.take_back_asking(draft, version=3, by=official)


def test_nothing_is_public_without_a_source(place, desk):
    bare = a_draft(place, desk, source="")
    with pytest.raises(Refused, match="zdroj"):
        programmes.publish(bare, version=1, by=desk)


def test_of_two_who_write_at_once_one_wins(draft, official, desk):
    seen = Programme.objects.get(pk=draft.pk)
    programmes.edit(draft, words=programme_words(total_cost_czk=Decimal("10.50")), version=1, by=official)
    with pytest.raises(Conflict) as conflict:
        programmes.edit(Programme.objects.get(pk=draft.pk), words=programme_words(), version=1, by=desk)
    assert conflict.value.current.version == 2
    # Also one that was read before the other was written.
    with pytest.raises(Conflict):
        programmes.publish(seen, version=1, by=desk)
    assert Programme.objects.get().total_cost_czk == Decimal("10.50")


def test_the_audit_names_columns_and_never_what_stands_in_them(draft, official):
    programmes.edit(draft, words=programme_words(name_cs="Nové jméno"), version=1, by=official)
    assert AuditEntry.objects.get(verb="programme.edit").details == {"columns": ["name_cs"]}


def test_a_new_document_takes_the_place_of_the_old(place, official, django_capture_on_commit_callbacks):
    draft = programmes.create(place, words=programme_words(), by=official, upload=a_document())
    old = draft.concept_file
    with django_capture_on_commit_callbacks(execute=True):
        programmes.edit(draft, words=programme_words(), version=1, by=official, upload=a_document())
    assert Attachment.objects.get() == Programme.objects.get().concept_file
    assert not default_storage.exists(old.key)
    with django_capture_on_commit_callbacks(execute=True):
        programmes.edit(draft, words=programme_words(), version=2, by=official, without_file=True)
    assert not Attachment.objects.exists()


def test_a_document_of_a_refused_change_is_not_kept(draft, official, settings):
    with pytest.raises(Conflict):
        programmes.edit(draft, words=programme_words(), version=7, by=official, upload=a_document())
    assert not Attachment.objects.exists()


def test_only_drafts_of_people_are_thrown_away(place, official, desk):
    shipped = ProgrammeFactory(municipality=place, is_public=False)
    with pytest.raises(Refused):
        programmes.discard(shipped, version=1, by=desk)
    draft = programmes.create(place, words=programme_words(), by=official, upload=a_document())
    programmes.discard(draft, version=1, by=official)
    assert list(Programme.objects.all()) == [shipped]
    assert not Attachment.objects.exists()
    public = ProgrammeFactory(municipality=place, key="own-9")
    with pytest.raises(Refused):
        programmes.discard(public, version=1, by=official)
