"""The engine's pages, shown on a kind of document made as a trial: a title and a text."""

from pathlib import Path

import pytest
from django.utils import timezone

from core import search
from core.documents import actions
from core.documents.choices import State
from core.documents.models import UnsavedText
from tests.factories.accounts import UserFactory
from tests.trial import kind
from tests.trial.models import Note, NoteEdition, NoteFeedback

pytestmark = pytest.mark.django_db

LIST = "/cs/desk/notes/"
NOTE = {"title_cs": "Kde je kuchyňka", "text_cs": "Ve druhém patře."}


@pytest.fixture(autouse=True)
def _addresses(settings):
    """The trial has its addresses here only."""
    settings.ROOT_URLCONF = "tests.trial.urls"


@pytest.fixture
def draft():
    """A draft, and its author among its writers."""
    return actions.start(Note(), words=NOTE, by=UserFactory(role="consultant"))


@pytest.fixture
def published(draft):
    """A published note."""
    actions.submit(draft, version=1, by=draft.author)
    actions.publish(draft, version=2, by=UserFactory(editor=True))
    return draft


def page_of(edition, verb=""):
    """Return the address of a note at the desk, or of a verb on it."""
    return f"{LIST}{edition.document_id}/{verb}"


def text(response):
    """Return what a page says."""
    return response.content.decode()


def test_a_third_kind_takes_less_than_sixty_lines():
    files = [path for path in Path(kind.__file__).parent.glob("*.py") if path.name != "__init__.py"]
    lines = [line for path in files for line in path.read_text().splitlines() if line.strip()]
    assert len(lines) < 60


def test_a_third_kind_is_drafted_reviewed_published_found_liked_and_withdrawn(log_in, client):
    author, writer = log_in("consultant")
    editor, _user = log_in("editor")
    assert "Kde je kuchyňka" in text(author.post(f"{LIST}new/", NOTE, follow=True))
    edition = NoteEdition.objects.get()
    author.post(page_of(edition, "edit/"), {**NOTE, "text_cs": "Ve třetím patře.", "version": 1})
    author.post(page_of(edition, "submit/"), {"version": 2})
    assert author.post(page_of(edition, "publish/"), {"version": 3}).status_code == 403
    editor.post(page_of(edition, "publish/"), {"version": 3})
    edition.refresh_from_db()
    assert (edition.state, edition.author, edition.document.slug) == ("published", writer, "kde-je-kuchynka")

    public = "/cs/notes/kde-je-kuchynka/"
    assert "Ve třetím patře." in text(client.get(public))
    assert "Kde je kuchyňka" in text(client.get("/cs/notes/"))
    assert search.ids("třetí patro", kind="note", scope="public") == [edition.document_id]
    client.post(f"{public}helpful/", {"helpful": "yes"})
    client.post(f"{public}mistake/", {"mistake": "Je ve čtvrtém."})
    page = text(author.get(page_of(edition)))
    assert "Je ve čtvrtém." in page
    report = NoteFeedback.objects.mistakes().get()
    author.post(page_of(edition, f"feedback/{report.pk}/"))
    assert not NoteFeedback.objects.unsettled().exists()

    editor.post(page_of(edition, "withdraw/"), {"version": 4, "reason": "Přestěhovala se."})
    gone = client.get(public)
    assert gone.status_code == 410
    assert "Přestěhovala se." in text(gone)
    assert "patře" not in text(gone)
    assert search.ids("třetí patro", kind="note", scope="public") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(log_in, django_assert_num_queries, rows):
    for _row in range(rows):
        actions.start(Note(), words=NOTE, by=UserFactory())
    client, _user = log_in("editor")
    client.get(LIST)
    with django_assert_num_queries(3):
        client.get(LIST)


# What is typed ------------------------------------------------------------------


def test_what_is_typed_outlives_a_reload_until_it_is_saved(log_in, draft):
    client, user = log_in("consultant")
    address = page_of(draft, "edit/")
    kept = client.post(address, {**NOTE, "text_cs": "Rozepsáno\x00", "version": 1, "keep": "1"})
    assert kept.json()["said"].startswith("Uchováno v ")
    draft.refresh_from_db()
    assert (draft.text_cs, draft.version) == ("Ve druhém patře.", 1)

    again = client.get(address)
    assert again.context["form"]["text_cs"].value() == "Rozepsáno"
    assert "Tohle jste napsali a\u00a0neuložili" in text(again)
    other, _user = log_in("consultant")
    assert "Rozepsáno" not in text(other.get(address))

    client.post(address, {**NOTE, "text_cs": "Rozepsáno", "version": 1})
    assert not UnsavedText.objects.filter(writer=user).exists()
    assert client.get(address).context["kept"] is None


def test_what_cannot_be_saved_is_there_on_the_next_visit(log_in):
    client, _user = log_in("consultant")
    assert client.post(f"{LIST}new/", {"title_cs": "", "text_cs": "Bez názvu."}).status_code == 422
    assert client.get(f"{LIST}new/").context["form"]["text_cs"].value() == "Bez názvu."
    client.post(f"{LIST}new/", {"forget": "1"})
    assert client.get(f"{LIST}new/").context["form"]["text_cs"].value() is None


def test_what_was_typed_over_an_older_text_meets_the_newer_one(log_in, draft):
    client, _user = log_in("consultant")
    other, _colleague = log_in("consultant")
    address = page_of(draft, "edit/")
    client.post(address, {**NOTE, "text_cs": "Moje.", "version": 1, "keep": "1"})
    other.post(address, {**NOTE, "text_cs": "Jejich.", "version": 1})
    form = client.get(address).context["form"]
    late = client.post(address, {**NOTE, "text_cs": "Moje.", "version": form["version"].value()})
    assert late.status_code == 409
    assert late.context["theirs"] == [{"label": "Text", "before": "Jejich.", "after": "Moje."}]


def test_what_arrives_after_the_saving_brings_nothing_back(log_in, draft):
    client, _user = log_in("consultant")
    address = page_of(draft, "edit/")
    client.post(address, {**NOTE, "text_cs": "Hotovo.", "version": 1})
    client.post(address, {**NOTE, "text_cs": "Hotov", "version": 1, "keep": "1"})
    assert client.get(address).context["form"]["text_cs"].value() == "Hotovo."


# The second person --------------------------------------------------------------


def test_a_text_is_planned_and_the_plan_is_stopped(log_in, draft):
    actions.submit(draft, version=1, by=draft.author)
    client, user = log_in("editor")
    moment = timezone.localtime() + timezone.timedelta(days=2)
    address = page_of(draft, "plan/")
    past = client.post(address, {"version": 2, "at": "2020-01-01T08:00"})
    assert past.status_code == 422
    assert "Zvolte okamžik v nadcházejícím roce." in text(past)
    assert client.post(address, {"version": 2, "at": "zítra"}).status_code == 422
    client.post(address, {"version": 2, "at": f"{moment:%Y-%m-%dT%H:%M}"})
    draft.refresh_from_db()
    assert (draft.publish_by, draft.publish_at) == (user, moment.replace(second=0, microsecond=0))
    assert "Zveřejnění je naplánované" in text(client.get(page_of(draft)))
    client.post(address, {"version": 3, "stop": "1"})
    draft.refresh_from_db()
    assert (draft.state, draft.publish_at) == (State.IN_REVIEW, None)


def test_of_two_who_withdraw_or_publish_the_second_is_told(log_in, published):
    client, _user = log_in("editor")
    late = client.post(page_of(published, "withdraw/"), {"version": 1, "reason": "Neplatí."})
    assert late.status_code == 409
    again = {"version": late.context["form"]["version"].value(), "reason": "Neplatí."}
    assert client.post(page_of(published, "withdraw/"), again).status_code == 302


def test_a_minor_change_needs_no_note(log_in, published):
    client, _user = log_in("consultant")
    client.post(page_of(published, "new-edition/"))
    address = page_of(published, "edit/")
    changed = {**NOTE, "text_cs": "Ve 2. patře.", "version": 1}
    assert "Napište, co se od minulého vydání změnilo." in text(client.post(address, changed))
    assert client.post(address, {**changed, "is_minor": "on"}).status_code == 302
    assert client.post(page_of(published, "submit/"), {"version": 2}).status_code == 302
    compared = client.get(page_of(published, "compare/2/")).context["texts"]
    assert [(row["before"], row["after"]) for row in compared] == [
        ("ne", "ano"),
        ("Ve druhém patře.", "Ve 2. patře."),
    ]


def test_somebody_looks_after_it_and_somebody_else_is_their_deputy(log_in, draft):
    client, user = log_in("consultant")
    other = UserFactory(editor=True)
    address = page_of(draft, "look-after/")
    assert client.post(address, {"owner": user.pk, "deputy": user.pk}).status_code == 422
    client.post(address, {"owner": user.pk, "deputy": other.pk})
    draft.document.refresh_from_db()
    assert (draft.document.owner, draft.document.deputy) == (user, other)
    official = UserFactory(official=True)
    assert client.post(address, {"owner": official.pk}).status_code == 422
