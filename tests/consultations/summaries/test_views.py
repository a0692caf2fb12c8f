"""Summaries at the desk: who may, what is refused, what two people do at once."""

import pytest

from consultations.models import Feedback, Summary, SummaryEdition, SummaryOrigin
from core.documents import actions as documents
from core.documents.choices import State
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    AudienceFactory,
    SummaryEditionFactory,
    SupportRequestFactory,
    TopicFactory,
)
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db

LIST = "/en/desk/summaries/"


@pytest.fixture
def source():
    """An answered request of Jana Nováková."""
    return SupportRequestFactory(answered=True)


@pytest.fixture
def draft(source):
    """A draft that answers the request."""
    edition = SummaryEditionFactory()
    SummaryOrigin.objects.create(summary=edition.document, request=source)
    return edition


def sent(**changes):
    """Return what an editor sends."""
    topic = SummaryEdition.objects.first().topic if Summary.objects.exists() else TopicFactory()
    form = {
        "question_cs": "Kde lze požádat o byt?",
        "short_answer_cs": "Na odboru.",
        "answer_cs": "Podrobně.",
        "question_en": "",
        "short_answer_en": "",
        "answer_en": "",
        "topic": topic.slug,
        "audiences": [AudienceFactory(slug="citizen").slug],
        "size": "",
        "certainty": "fact",
        "answered_by": "centre",
        "valid_as_of": "2026-11-01",
        "review_on": "",
        "provision_0_citation": "§ 35",
        "provision_0_day": "2026-01-01",
    }
    return {**form, **changes}


def page_of(edition, verb=""):
    """Return the address of a summary at the desk, or of a verb on it."""
    return f"{LIST}{edition.document_id}/{verb}"


def text(response):
    """Return what a page says."""
    return response.content.decode()


# The list -----------------------------------------------------------------------


def test_the_list_is_filtered(log_in):
    client, user = log_in("editor")
    mine = SummaryEditionFactory(document__created_by=user)
    waiting = SummaryEditionFactory(in_review=True)
    touched = SummaryEditionFactory(in_review=True)
    touched.writers.add(user)
    live = SummaryEditionFactory(published=True)

    def shown(**query):
        return {row.pk for row in client.get(LIST, query).context["page"].items}

    assert shown() == {mine.pk, waiting.pk, touched.pk, live.pk}
    assert shown(state="published") == {live.pk}
    assert shown(mine="on") == {mine.pk}
    assert shown(to_review="on") == {waiting.pk}
    assert shown(topic=live.topic.slug) == {live.pk}


def test_replaced_editions_are_shown_when_asked_for(log_in):
    client, _user = log_in("editor")
    edition = SummaryEditionFactory(published=True)
    SummaryEdition.objects.filter(pk=edition.pk).update(state=State.SUPERSEDED)
    assert client.get(LIST).context["page"].items == []
    assert len(client.get(LIST, {"state": "superseded"}).context["page"].items) == 1


# Who may ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        ("consultant", 200, 200),
        ("editor", 200, 200),
        ("coordinator", 200, 200),
        ("administrator", 200, 403),
        ("official", 403, 403),
    ],
)
def test_who_reads_and_who_writes(log_in, draft, source, role, reads, writes):
    client, _user = log_in(role)
    assert client.get(LIST).status_code == reads
    assert client.get(page_of(draft)).status_code == reads
    assert client.get(page_of(draft, "edit/")).status_code == writes
    assert client.get(f"{LIST}new/", {"request": source.reference}).status_code == writes


@pytest.mark.parametrize(
    ("role", "status"),
    [("consultant", 403), ("administrator", 403), ("editor", 302), ("coordinator", 302)],
)
def test_who_publishes(log_in, draft, role, status):
    documents.submit(draft, version=1, by=draft.author)
    client, _user = log_in(role)
    assert client.post(page_of(draft, "publish/"), {"version": 2}).status_code == status


def test_a_visitor_is_sent_to_log_in(client, draft):
    response = client.get(page_of(draft))
    assert response.status_code == 302
    assert "/accounts/login/" in response.headers["Location"]


# Writing ------------------------------------------------------------------------


def test_a_summary_begins_from_a_request_without_a_word_of_it(log_in, source):
    source.municipality = MunicipalityFactory(population=900)
    source.save()
    AudienceFactory(slug="citizen")
    client, _user = log_in("consultant")
    response = client.get(f"{LIST}new/", {"request": source.reference})
    form = response.context["form"]
    assert form["question_cs"].value() is None
    assert form["topic"].value() == source.topic.slug
    assert form["size"].value() == "to-999"
    assert form["audiences"].value() == ["citizen"]
    assert "Prosím o radu, kde mohu požádat o byt." in text(response)


def test_what_is_written_is_saved(log_in, source):
    client, user = log_in("consultant")
    response = client.post(f"{LIST}new/?request={source.reference}", sent())
    edition = SummaryEdition.objects.get()
    assert response.headers["Location"] == page_of(edition)
    assert (edition.question_cs, edition.author, edition.state) == (
        "Kde lze požádat o byt?",
        user,
        State.DRAFT,
    )
    assert [row.citation for row in edition.provisions.all()] == ["§ 35"]


def test_a_request_that_says_no_is_refused_and_nothing_typed_is_lost(log_in):
    source = SupportRequestFactory(answered=True, consent_publish=False)
    client, _user = log_in("consultant")
    response = client.post(f"{LIST}new/?request={source.reference}", sent())
    assert "The requester did not agree that a summary without names may be published." in text(response)
    assert "Kde lze požádat o byt?" in text(response)
    assert not Summary.objects.exists()


@pytest.mark.parametrize("reference", ["", "SH-2026-999999", "x", "SH-2026-99999999999999999999"])
def test_no_request_no_summary(log_in, reference):
    client, _user = log_in("consultant")
    assert client.get(f"{LIST}new/", {"request": reference}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"question_cs": ""}, "This field is required."),
        ({"audiences": []}, "This field is required."),
        ({"question_en": "Where?"}, "Write this in English too, or leave all English fields empty."),
        (
            {"answer_cs": "[x](javascript:alert(1))"},
            "A link has to begin with https://. Mend this one: javascript:alert(1)",
        ),
        ({"review_on": "2026-10-01"}, "The next check comes after the day on which the answer is valid."),
        ({"provision_1_citation": "§ 1"}, "Write of which day the wording is."),
        ({"provision_2_day": "2026-01-01"}, "Write which provision it is."),
        ({"valid_as_of": "yesterday"}, "Enter a valid date."),
        ({"answer_cs": "", "answer_en": "In detail."}, "Write this in Czech, too: it is the main text."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(log_in, source, changes, error):
    client, _user = log_in("consultant")
    response = client.post(f"{LIST}new/?request={source.reference}", sent(**changes))
    assert response.status_code == 422
    errors = [str(message) for messages in response.context["form"].errors.values() for message in messages]
    assert error in errors
    assert not Summary.objects.exists()


def test_more_rows_for_provisions_come_with_those_filled(log_in, draft):
    client, _user = log_in("consultant")
    rows = {
        f"provision_{n}_{k}": v for n in range(3) for k, v in (("citation", f"§ {n}"), ("day", "2026-01-01"))
    }
    client.post(page_of(draft, "edit/"), sent(version=1, **rows))
    form = client.get(page_of(draft, "edit/")).context["form"]
    assert len(list(form.fields_of(("provisions",)))) == 4


def test_of_two_who_save_the_second_sees_both_texts_and_loses_nothing(log_in, draft):
    client, _user = log_in("consultant")
    other, _colleague = log_in("consultant")
    other.post(page_of(draft, "edit/"), sent(version=1, short_answer_cs="Text kolegyně."))
    response = client.post(page_of(draft, "edit/"), sent(version=1, short_answer_cs="Můj text."))
    assert response.status_code == 409
    assert "colleague has saved this text meanwhile" in text(response)
    assert [(row["before"], row["after"]) for row in response.context["theirs"]] == [
        ("Text kolegyně.", "Můj text.")
    ]
    assert response.context["form"]["short_answer_cs"].value() == "Můj text."
    again = client.post(page_of(draft, "edit/"), sent(version=2, short_answer_cs="Můj text."))
    assert again.status_code == 302
    assert 'name="version" value="2"' in text(response)


def test_what_is_in_review_is_not_overwritten(log_in, draft):
    client, _user = log_in("consultant")
    documents.submit(draft, version=1, by=draft.author)
    response = client.post(page_of(draft, "edit/"), sent(version=2, short_answer_cs="Pozdě."))
    assert response.status_code == 422
    assert "The text is being reviewed." in text(response)
    assert "Pozdě." in text(response)


# The check, the second person ----------------------------------------------------


def test_the_story(log_in, draft):
    client, _author = log_in("coordinator")
    client.post(page_of(draft, "edit/"), sent(version=1, short_answer_cs="Paní Novákové jsme poradili."))
    response = client.get(page_of(draft))
    assert "The text holds “Novákové” (name of somebody behind this text)." in text(response)
    assert "#id_short_answer_cs" in text(response)
    refused = client.post(page_of(draft, "submit/"), {"version": 2})
    assert refused.status_code == 422
    assert "The text holds “Novákové”" in text(refused)

    client.post(page_of(draft, "edit/"), sent(version=2))
    assert client.post(page_of(draft, "submit/"), {"version": 3}).status_code == 302
    own = client.get(page_of(draft))
    assert "Nobody may publish their own text. Ask a colleague." in text(own)
    assert client.post(page_of(draft, "publish/"), {"version": 4}).status_code == 422

    second, _editor = log_in("editor")
    assert second.post(page_of(draft, "publish/"), {"version": 4}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == State.PUBLISHED
    public = client.get(Summary.objects.get().get_absolute_url())
    assert public.status_code == 200


def test_a_find_is_kept_with_a_reason(log_in, draft):
    client, user = log_in("consultant")
    client.post(page_of(draft, "edit/"), sent(version=1, answer_cs="Rozsudek Novák."))
    [one] = client.get(page_of(draft)).context["hits"]
    for reason, status in [("", 422), ("Známý rozsudek", 302)]:
        sent_back = client.post(page_of(draft, "justify/"), {"find": one.key, "reason": reason})
        assert sent_back.status_code == status
    page = client.get(page_of(draft))
    assert page.context["hits"] == []
    assert "Známý rozsudek" in text(page)
    assert user.name in text(page)


def test_publishing_what_was_not_seen_is_a_conflict(log_in, draft):
    documents.submit(draft, version=1, by=draft.author)
    client, _user = log_in("editor")
    response = client.post(page_of(draft, "publish/"), {"version": 1})
    assert response.status_code == 409
    assert "Somebody has changed this text meanwhile" in text(response)
    draft.refresh_from_db()
    assert draft.state == State.IN_REVIEW


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_strange_version_publishes_nothing(log_in, draft, version):
    documents.submit(draft, version=1, by=draft.author)
    client, _user = log_in("editor")
    assert client.post(page_of(draft, "publish/"), {"version": version}).status_code == 409


def test_a_text_is_sent_back_with_a_remark(log_in, draft):
    documents.submit(draft, version=1, by=draft.author)
    client, user = log_in("editor")
    assert client.post(page_of(draft, "send-back/"), {"version": 2, "remark": ""}).status_code == 422
    assert (
        client.post(page_of(draft, "send-back/"), {"version": 2, "remark": "Doplňte zdroj."}).status_code
        == 302
    )
    page = text(client.get(page_of(draft)))
    assert "Doplňte zdroj." in page
    assert user.name in page


def test_a_remark_on_a_text_that_moved_on_is_not_lost(log_in, draft):
    documents.submit(draft, version=1, by=draft.author)
    client, _user = log_in("editor")
    documents.publish(draft, version=2, by=UserFactory(editor=True))
    response = client.post(page_of(draft, "send-back/"), {"version": 2, "remark": "Ještě zdroj."})
    assert response.status_code == 409
    assert "Ještě zdroj." in response.content.decode()


def test_a_remark_sent_once_more_counts_on_what_stands_now(log_in, draft):
    documents.submit(draft, version=1, by=draft.author)
    client, _user = log_in("editor")
    address = page_of(draft, "send-back/")
    late = client.post(address, {"version": 1, "remark": "Ještě zdroj."})
    assert late.status_code == 409
    again = {"version": late.context["remark_form"]["version"].value(), "remark": "Ještě zdroj."}
    assert client.post(address, again).status_code == 302
    draft.refresh_from_db()
    assert draft.returned_remark == "Ještě zdroj."


# Published ------------------------------------------------------------------------


def test_a_published_text_is_withdrawn_with_a_reason(log_in, source):
    edition = SummaryEditionFactory(published=True)
    SummaryOrigin.objects.create(summary=edition.document, request=source)
    client, _user = log_in("editor")
    address = page_of(edition, "withdraw/")
    assert client.get(address).status_code == 200
    assert "This field is required." in text(client.post(address, {"version": 1, "reason": " "}))
    named = client.post(address, {"version": 1, "reason": "Kvůli paní Novákové."})
    assert "The text holds “Novákové”" in text(named)
    stale = client.post(address, {"version": 7, "reason": "Chyba."})
    assert "A colleague has changed this text meanwhile." in text(stale)
    assert client.post(address, {"version": 1, "reason": "Zákon se změnil."}).status_code == 302
    assert client.get(f"/cs/summaries/{edition.document.slug}/").status_code == 410
    assert client.get(address).status_code == 404


def test_the_next_edition_is_compared_with_the_one_before(log_in):
    edition = SummaryEditionFactory(published=True)
    client, _user = log_in("consultant")
    response = client.post(page_of(edition, "new-edition/"))
    assert response.headers["Location"] == page_of(edition, "edit/")
    assert "What has changed" in text(client.get(page_of(edition, "edit/")))
    client.post(
        page_of(edition, "edit/"),
        sent(version=1, short_answer_cs="Na bytovém odboru obce.", change_note_cs="Odbor."),
    )
    compared = text(client.get(page_of(edition, "compare/2/")))
    assert "<ins>" in compared
    assert "<del>" in compared
    assert client.get(page_of(edition, "compare/1/")).status_code == 404
    assert client.get(page_of(edition) + "?edition=1").context["edition"].number == 1


def test_a_request_is_linked_and_unlinked(log_in, draft):
    client, _user = log_in("consultant")
    other = SupportRequestFactory(answered=True)
    assert "There is no such request." in text(
        client.post(page_of(draft, "requests/"), {"reference": "SH-2026-999999"})
    )
    refused = client.post(page_of(draft, "requests/"), {"reference": SupportRequestFactory().reference})
    assert refused.status_code == 422
    assert client.post(page_of(draft, "requests/"), {"reference": other.reference}).status_code == 302
    origin = draft.document.origins.get(request=other)
    assert client.post(page_of(draft, f"requests/{origin.pk}/unlink/")).status_code == 302
    last = draft.document.origins.get()
    assert client.post(page_of(draft, f"requests/{last.pk}/unlink/")).status_code == 422


def test_a_mistake_is_settled(log_in):
    edition = SummaryEditionFactory(published=True)
    report = documents.record_feedback(edition.document, mistake="Odkaz nevede nikam.", by=None)
    documents.record_feedback(edition.document, helpful="yes", by=None)
    client, user = log_in("consultant")
    page = text(client.get(page_of(edition)))
    assert "Odkaz nevede nikam." in page
    assert "Helpful: 1 yes, 0 no" in page
    client.post(page_of(edition, f"feedback/{report.pk}/"))
    client.post(page_of(edition, f"feedback/{report.pk}/"))
    assert Feedback.objects.get(pk=report.pk).settled_by == user


@pytest.mark.parametrize("role", ["consultant", "editor", "coordinator", "administrator"])
@pytest.mark.parametrize("trait", [{}, {"in_review": True}, {"published": True}])
@pytest.mark.parametrize("language", ["cs", "en"])
def test_every_state_has_a_page_for_every_role(log_in, source, role, trait, language):
    edition = SummaryEditionFactory(**trait)
    SummaryOrigin.objects.create(summary=edition.document, request=source)
    client, _user = log_in(role)
    assert client.get(f"/{language}/desk/summaries/{edition.document_id}/").status_code == 200


def test_a_verb_wants_a_post(log_in, draft):
    client, _user = log_in("coordinator")
    for verb in ("submit/", "publish/", "send-back/", "justify/", "new-edition/", "requests/"):
        assert client.get(page_of(draft, verb)).status_code == 405


def test_what_is_not_there_is_not_found(log_in):
    client, _user = log_in("coordinator")
    for number in (999, 10**30):
        assert client.get(f"{LIST}{number}/").status_code == 404
