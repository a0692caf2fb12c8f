"""Provisions at the desk: found, added, mended, merged, retired, and marked as changed."""

from datetime import date

import pytest
from django.contrib.messages import get_messages

from core.documents.law.citations import provision_of
from core.documents.law.models import Provision, ProvisionChange, Recheck
from tests.factories.consultations import SummaryEditionFactory
from tests.factories.law import CITATION, cite, marked

pytestmark = pytest.mark.django_db

LIST = "/en/desk/law/"
CHANGE = {"changed_by": "zákonem č. 84/2025 Sb.", "in_force_on": "2027-01-01", "what": "Částky."}
SECTION = "§ 33 zákona č. 108/2006 Sb."


def shown(client, **query):
    return [(row.citation, texts) for row, texts, _change in client.get(LIST, query).context["rows"]]


def page_of(provision, verb=""):
    return f"{LIST}{provision.pk}/{verb}"


def text(response):
    return response.content.decode()


# The list -----------------------------------------------------------------------


def test_the_list_says_how_many_published_texts_rest_on_each(log_in):
    client, _user = log_in("editor")
    edition = SummaryEditionFactory(published=True)
    cite(edition)
    cite(edition)
    cite(SummaryEditionFactory())
    provision_of("§ 1 zákona č. 111/2006 Sb.")
    assert shown(client) == [(CITATION, 1), ("§ 1 zákona č. 111/2006 Sb.", 0)]


def test_the_list_is_filtered_by_act_words_and_use(log_in):
    client, _user = log_in("editor")
    first, second = provision_of(SECTION), provision_of("§ 1 vyhlášky č. 505/2006 Sb.")
    assert shown(client, act="108/2006 Sb.") == [(first.citation, 0)]
    assert shown(client, q="vyhlášky 505") == [(second.citation, 0)]
    client.post(f"{LIST}{second.pk}/use/", {"retire": "1", "version": second.version})
    assert shown(client) == [(first.citation, 0)]
    assert len(shown(client, retired="all")) == 2
    assert client.get(LIST, {"act": "nothing"}).status_code == 200


# One provision ------------------------------------------------------------------


def test_the_page_names_what_rests_on_it_and_on_its_parts(log_in):
    client, user = log_in("consultant")
    edition = SummaryEditionFactory(published=True)
    cite(edition)
    provision = provision_of(SECTION)
    page = text(client.get(page_of(provision)))
    assert f"/desk/summaries/{edition.document_id}/" in page
    assert CITATION in page
    marked(SECTION, by=user, in_force_on=date(2027, 1, 1))
    page = text(client.get(page_of(provision)))
    assert "0 of 1 settled" in page
    assert "zákonem č. 84/2025 Sb." in page


def test_it_is_marked_as_changed(log_in):
    client, _user = log_in("editor")
    cite(SummaryEditionFactory(published=True))
    provision = provision_of(SECTION)
    response = client.post(page_of(provision, "changes/"), CHANGE)
    assert response.headers["Location"] == page_of(provision)
    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert told == ["The change is marked. 1 text is to be checked."]
    assert ProvisionChange.objects.get().what == "Částky."


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(log_in):
    client, _user = log_in("editor")
    provision = provision_of(SECTION)
    response = client.post(page_of(provision, "changes/"), {**CHANGE, "in_force_on": "x"})
    assert response.status_code == 422
    assert "Enter a valid date." in text(response)
    assert 'value="zákonem č. 84/2025 Sb."' in text(response)
    assert not ProvisionChange.objects.exists()


def test_one_is_added_and_taken_apart(log_in):
    client, _user = log_in("editor")
    typed = {"citation": "§33 odst.2 z.č. 108/2006 Sb.", "url": "https://www.zakonyprolidi.cz/cs/2006-108"}
    client.post(f"{LIST}new/", typed)
    row = Provision.objects.get()
    assert (row.act, row.place) == ("108/2006 Sb.", "§ 33 odst. 2")
    again = client.post(f"{LIST}new/", {"citation": CITATION})
    assert again.status_code == 422
    assert "This provision is there already: §33 odst.2 z.č. 108/2006 Sb." in text(again)


def test_its_citation_is_mended_and_the_history_keeps_both(log_in):
    client, _user = log_in("editor")
    row = provision_of("§33 z.č. 108/2006 Sb.")
    form = {"citation": SECTION, "url": "", "version": row.version}
    assert client.post(f"{LIST}{row.pk}/edit/", form).headers["Location"] == page_of(row)
    row.refresh_from_db()
    assert row.citation == SECTION
    page = text(client.get(page_of(row)))
    assert "<del>§33 z.č. 108/2006 Sb.</del>" in page


def test_two_become_one_and_texts_follow(log_in):
    client, user = log_in("editor")
    edition = SummaryEditionFactory(published=True)
    cite(edition, "§ 33 zákona o sociálních službách")
    row, into = provision_of("§ 33 zákona o sociálních službách"), provision_of(SECTION)
    marked(SECTION, by=user, in_force_on=date(2027, 1, 1))
    assert not Recheck.objects.exists()
    page = f"{LIST}{row.pk}/merge/"
    assert client.get(page).status_code == 200
    response = client.post(page, {"into": into.pk, "version": row.version})
    assert response.status_code == 302
    assert [one.citation for one in edition.cited()] == [SECTION]
    assert Recheck.objects.get().document_id == edition.document_id
    assert "It is merged into another provision" in text(client.get(page_of(row)))
    assert "merged “§ 33 zákona o sociálních službách” into it" in text(client.get(page_of(into)))


@pytest.mark.parametrize(("role", "status"), [("administrator", 403), ("consultant", 200)])
def test_who_keeps_law(log_in, role, status):
    client, _user = log_in(role)
    provision = provision_of(SECTION)
    assert client.get(LIST).status_code == 200
    page = client.get(page_of(provision))
    assert ("Mark it as changed" in text(page)) is (status == 200)
    assert client.get(f"{LIST}new/").status_code == status
