"""The public form and the requester's page, as a visitor meets them."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from consultations.choices import RequesterKind, State
from consultations.models import Contact, ContactFile, SupportRequest
from consultations.requests import form_keys
from consultations.requests.clock import due_for, rule
from core.audit import entries_of
from core.files import attachments
from core.files.attachments import Attachment
from core.outbox.mail import OutgoingMail
from tests.consultations.intake.test_similar import an_answer
from tests.factories.consultations import ContactFactory, SupportRequestFactory, TopicFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.files import stored, waiting_in

pytestmark = pytest.mark.django_db

ASK = "/cs/requests/new/"
BIRTH_NUMBER = "736028/5163"


def a_key(seconds_ago=60):
    with time_machine.travel(timezone.now() - timedelta(seconds=seconds_ago)):
        return form_keys.new_key()


def a_form(**changes):
    values = {
        "requester_kind": "person",
        "subject": "Kde požádat o byt",
        "text": "Hledám byt pro rodinu.",
        "idempotency_key": a_key(),
        "website": "",
    }
    return {**values, **changes}


def a_file(name="smlouva.pdf", content=b"%PDF-1.7\nx"):
    return SimpleUploadedFile(name, content)


# The form -------------------------------------------------------------------------


def test_the_form_has_exactly_the_promised_names(client):
    html = client.get(ASK).content.decode()
    names = set(re.findall(r'name="([a-z_]+)"', html.split("<form", 2)[2]))
    promised = (
        "requester_kind name email phone organisation municipality topic subject text files consent_publish "
        "idempotency_key website home_loss home_at_risk_by home_asked"
    )
    assert set(promised.split()) <= names
    assert names - set(promised.split()) == {"csrfmiddlewaretoken", "send"}
    assert 'enctype="multipart/form-data"' in html


def test_all_that_is_asked_for_is_kept(client):
    topic, place = TopicFactory(), MunicipalityFactory()
    response = client.post(
        ASK,
        a_form(
            name="Jana  Nováková",
            email="jana@example.org",
            phone="602 123 456",
            organisation="Spolek",
            municipality=place.code,
            topic=topic.slug,
            consent_publish="on",
            files=[a_file(), a_file("foto.txt", b"text")],
        ),
    )
    case = SupportRequest.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/cs/requests/{case.link_token}/received/"
    person = case.requester
    assert (person.name, person.email, person.phone, person.organisation) == (
        "Jana Nováková",
        "jana@example.org",
        "+420602123456",
        "Spolek",
    )
    assert (case.municipality, case.topic, case.consent_publish, case.language) == (place, topic, True, "cs")
    assert case.requester_kind == RequesterKind.PERSON
    assert ContactFile.objects.count() == 2


def test_nothing_but_the_question_is_compulsory(client):
    assert client.post(ASK, a_form()).status_code == 302
    assert OutgoingMail.objects.count() == 0


def test_the_form_in_english_makes_an_english_request(client):
    client.post("/en/requests/new/", a_form(email="jana@example.org"))
    assert SupportRequest.objects.get().language == "en"
    assert OutgoingMail.objects.get().language == "en"


def test_asking_hands_over_no_mail_and_does_a_bounded_number_of_queries(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    django_mail.outbox = []
    place = MunicipalityFactory()
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.post(ASK, a_form(email="a@example.org", municipality=place.code))
    with CaptureQueriesContext(connection) as two:
        client.post(ASK, a_form(email="b@example.org", municipality=place.code))
    assert django_mail.outbox == []
    assert OutgoingMail.objects.filter(state="queued").count() == 2
    assert len(one) == len(two) <= 35


def test_files_survive_errors_and_are_stored_once(client):
    form = a_form()
    wrong = client.post(ASK, {**form, "text": "", "files": [a_file()]})
    assert wrong.status_code == 422
    again = {**form, "files_token": waiting_in(wrong), "files": [a_file("b.txt", b"text")]}
    first = client.post(ASK, again)
    assert client.post(ASK, again)["Location"] == first["Location"] + "?again=1"
    names = Attachment.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["smlouva.pdf", "b.txt"]
    assert SupportRequest.objects.get().contacts.get().files.count() == 2


def test_the_files_of_one_form_open_in_no_other(client):
    wrong = client.post(ASK, a_form(text="", files=[a_file()]))
    assert len(waiting_in(wrong)) == 1
    assert Client().post(ASK, a_form(files_token=waiting_in(wrong))).status_code == 302
    assert Attachment.objects.count() == 0


def test_a_key_that_was_too_old_costs_no_file(client):
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        old = a_key()
    wrong = client.post(ASK, a_form(idempotency_key=old, files=[a_file()]))
    key = wrong.context["form"]["idempotency_key"].value()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        again = client.post(ASK, a_form(idempotency_key=key, files_token=waiting_in(wrong)))
    assert again.status_code == 302
    assert Attachment.objects.count() == 1


def test_errors_stand_at_their_fields_and_everything_typed_is_kept(client):
    response = client.post(
        ASK,
        a_form(
            requester_kind="",
            subject="",
            text="Dlouhý text",
            email="jana@",
            phone="12",
            name="Jana",
            files=a_file(),
        ),
    )
    form = response.context["form"]
    assert response.status_code == 422
    assert set(form.errors) == {"requester_kind", "subject", "email", "phone"}
    html = response.content.decode()
    for typed in ("Dlouhý text", "jana@", 'value="12"', 'value="Jana"'):
        assert typed in html
    assert 'href="#id_email"' in html
    assert SupportRequest.objects.count() == 0


def test_what_leads_to_the_form_may_choose_for_the_visitor(client):
    topic, place = TopicFactory(), MunicipalityFactory()
    address = f"{ASK}?topic={topic.slug}&kind=municipality&municipality={place.slug}"
    html = client.get(address).content.decode()
    assert re.search(rf'<option value="{topic.slug}" selected', html)
    assert re.search(r'value="municipality"[^>]*checked', html)
    assert place.full_name in html


def test_an_ambiguous_municipality_is_offered_to_choose_from(client):
    for district in ("Přerov", "Písek"):
        MunicipalityFactory(name="Veselíčko", search_name="veselicko", district=district)
    response = client.post(ASK, a_form(municipality="Veselíčko"))
    assert response.status_code == 422
    assert response.content.decode().count('type="radio" name="municipality"') == 2


# The key, the gate, the trap --------------------------------------------------------


def test_the_same_form_twice_is_one_request_and_leads_to_it(client):
    form = a_form()
    first = client.post(ASK, form)
    for browser in (client, Client()):
        second = browser.post(ASK, form)
        assert second["Location"] == first["Location"] + "?again=1"
    assert SupportRequest.objects.get().contacts.count() == 1
    assert "We have kept what came first." in client.get(english(second["Location"])).content.decode()


def english(address):
    return address.replace("/cs/", "/en/", 1)


def test_what_was_changed_after_going_back_is_added_to_the_same_request_once(client):
    form = a_form(email="jana@example.org")
    first = client.post(ASK, form)
    changed = {**form, "text": "Hledám byt pro rodinu se třemi dětmi.", "email": "jana@example.com"}
    locations = {client.post(ASK, changed)["Location"] for _ in range(2)}

    assert locations == {first["Location"] + "?corrected=1"}
    case = SupportRequest.objects.get()
    asked, corrected = case.contacts.order_by("pk")
    assert asked.text == "Hledám byt pro rodinu."
    assert corrected.text == "Hledám byt pro rodinu se třemi dětmi.\n\nE-mail: jana@example.com"
    assert (corrected.direction, corrected.person) == ("inbound", case.requester)
    assert case.requester.email == "jana@example.org"
    assert "Your correction is added" in client.get(english(locations.pop())).content.decode()


def test_a_correction_names_what_was_changed_beside_the_text(client):
    form = a_form(consent_publish="on", name="Jana")
    client.post(ASK, form)
    del form["consent_publish"]
    client.post(
        "/en/requests/new/", {**form, "requester_kind": "owner", "subject": "Kde ho pronajmout", "name": ""}
    )

    assert Contact.objects.latest("pk").text.splitlines() == [
        "For whom are you asking?: An owner of flats",
        "Your question in one sentence: Kde ho pronajmout",
        "You may publish the answer in general words, without my name: no",
        "How may we address you?: nothing",
    ]


def test_a_correction_that_is_no_form_is_said_plainly(client):
    form = a_form()
    first = client.post(ASK, form)
    assert client.post(ASK, {**form, "text": ""})["Location"] == first["Location"] + "?again=1"
    assert SupportRequest.objects.get().contacts.count() == 1


def test_what_the_desk_has_changed_meanwhile_is_no_correction(client):
    form = a_form()
    first = client.post(ASK, form)
    SupportRequest.objects.update(subject="Byt pro rodinu", topic=TopicFactory())
    assert client.post(ASK, form)["Location"] == first["Location"] + "?again=1"


def test_the_same_words_again_from_the_same_browser_are_a_repeat_under_any_key(client):
    first = client.post(ASK, a_form())
    again = client.post(ASK, a_form(files=[a_file()]))
    assert again["Location"] == first["Location"] + "?again=1"
    assert client.post(ASK, a_form(text="Něco jiného.")).status_code == 302
    assert SupportRequest.objects.count() == 2
    Client().post(ASK, a_form())
    assert SupportRequest.objects.count() == 3


def test_what_the_browser_keeps_of_a_form_holds_no_word_of_it(client):
    cookie = client.post(ASK, a_form()).cookies["asked"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert "byt" not in cookie.value
    assert SupportRequest.objects.get().link_token not in cookie.value


@pytest.mark.parametrize("cookie", ["x", "x:y:z", "\x00", "a b:1:c"])
def test_a_forged_cookie_is_ignored(client, cookie):
    client.cookies["asked"] = cookie
    assert client.post(ASK, a_form()).status_code == 302


def test_a_repeat_does_not_count_against_the_limit(client, settings):
    settings.ASK_PER_HOUR = 1
    form = a_form()
    assert [client.post(ASK, form).status_code for _ in range(3)] == [302, 302, 302]


def test_faster_than_a_person_can_type_comes_back_with_everything(client):
    key = a_key(0)
    response = client.post(ASK, a_form(idempotency_key=key))
    assert response.status_code == 422
    assert SupportRequest.objects.count() == 0
    html = response.content.decode()
    assert "Hledám byt pro rodinu." in html
    assert key in html


@pytest.mark.parametrize(
    "key", ["", "forged", "a" * 32 + ":1abcde:x", "\x00", "x" * 5000, ":" * 50], ids=range(6)
)
def test_a_key_that_is_none_comes_back_with_a_new_one(client, key):
    response = client.post(ASK, a_form(idempotency_key=key))
    assert response.status_code == 422
    assert SupportRequest.objects.count() == 0
    new = response.context["form"]["idempotency_key"].value()
    assert form_keys.read_key(new) is not None


def test_a_key_of_yesterday_comes_back_with_a_new_one(client, settings):
    old = a_key(settings.ASK_KEY_HOURS * 3600 + 1)
    response = client.post(ASK, a_form(idempotency_key=old))
    assert response.status_code == 422
    assert response.context["form"]["idempotency_key"].value() != old
    assert "Hledám byt pro rodinu." in response.content.decode()


def test_a_program_that_fills_in_the_trap_is_told_that_nothing_was_sent(client):
    response = client.post(ASK, a_form(website="http://spam.example"))
    assert response.status_code == 422
    assert SupportRequest.objects.count() == 0
    assert "Hledám byt pro rodinu." in response.content.decode()
    assert "spam.example" not in response.content.decode()


def test_too_many_from_one_network_get_a_page_that_keeps_everything(client, settings):
    settings.ASK_PER_HOUR = 2
    forms = [a_form(subject=f"Otázka {n}") for n in range(3)]
    codes = [
        client.post(ASK, form, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}").status_code for n, form in enumerate(forms)
    ]
    assert codes == [302, 302, 429]
    response = client.post(ASK, a_form(text="Toto nesmí zmizet."))
    assert response.status_code == 429
    assert "Toto nesmí zmizet." in response.content.decode()
    assert client.post(ASK, a_form(), REMOTE_ADDR="192.0.2.7").status_code == 302
    assert SupportRequest.objects.count() == 3


# Leaving quickly -----------------------------------------------------------------------


def test_every_page_of_asking_leads_away_quickly_and_says_nothing_of_where_from(client, settings):
    settings.LEAVE_TO = "https://www.weather.example/"
    case = SupportRequestFactory(state=State.NEW)
    pages = [ASK, reverse("find"), reverse("help-now"), reverse("help-ukrainian"), case.get_link()]
    parts = ("received", "withdraw", "deletion", "reach", "code")
    pages += [reverse(f"request-{name}", args=[case.link_token]) for name in parts]
    for page in pages:
        html = client.get(page).content.decode()
        [link] = re.findall(r"<a [^>]*data-leave>", html)
        assert 'href="https://www.weather.example/" rel="noreferrer nofollow"' in link, page
    assert "data-leave" not in client.get(reverse("about")).content.decode()


def test_only_what_a_person_may_type_again_is_kept_in_the_tab(client):
    """The script takes the form by its name; where it does not run, nothing is said of it."""
    html = client.get(ASK).content.decode()
    assert 'data-keep="ask"' in html
    assert re.search(r'data-keep-note="ask" hidden', html)
    case = SupportRequestFactory()
    assert "data-keep-done" not in client.get(case.get_link()).content.decode()
    assert 'data-keep-done="reply"' in client.get(f"{case.get_link()}?sent=1").content.decode()
    received = client.get(reverse("request-received", args=[case.link_token])).content.decode()
    assert 'data-keep-done="ask reply"' in received


# Birth numbers, files, strange input --------------------------------------------------


@pytest.mark.parametrize("field", ["subject", "text"])
def test_a_birth_number_is_asked_about_and_sent_only_when_meant(client, field):
    form = a_form(**{field: f"Moje číslo {BIRTH_NUMBER}."})
    assert "keep_birth_number" not in client.get(ASK).content.decode()
    response = client.post(ASK, form)
    assert list(response.context["form"].errors) == [field]
    assert 'name="keep_birth_number"' in response.content.decode()
    assert client.post(ASK, {**form, "keep_birth_number": "on"}).status_code == 302


@pytest.mark.parametrize(
    "text", ["Volejte 602 123 456.", "Spisová značka 123456/7890", "Účet 1234567890/0100"]
)
def test_other_numbers_are_no_birth_numbers(client, text):
    assert client.post(ASK, a_form(text=text)).status_code == 302


@pytest.mark.parametrize(
    "files",
    [
        [("x.svg", b"<svg/>")],
        [("x.html", b"<html></html>")],
        [("empty.pdf", b"")],
        [(f"{n}.txt", b"text") for n in range(6)],
        [("cut.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 60)],
    ],
    ids=["svg", "html", "empty", "six", "damaged"],
)
def test_files_that_cannot_be_taken_are_said_at_their_field(client, files):
    response = client.post(ASK, a_form(files=[a_file(*file) for file in files]))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["files"]
    assert SupportRequest.objects.count() == attachments.Attachment.objects.count() == 0


OPTIONAL = ("name", "email", "phone", "organisation", "municipality", "topic")
NASTY = [
    "\x00",
    "a\x00b",
    "\u202eobrácený",
    "<img src=x onerror=alert(1)>",
    "{{7*7}}{% debug %}",
    "'; DROP TABLE x;--",
    "x" * 20_000,
    "9" * 400,
    "\ud83d\ude00",
    "\r\nBcc: victim@example.org",
    "%00%0d%0a",
    "\ufffe",
]


@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
def test_no_input_breaks_the_form(client, value):
    value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for name in a_form():
        assert client.post(ASK, {**a_form(), name: value}).status_code in (200, 302, 422)
    for name in (*OPTIONAL, "consent_publish", "files", "keep_birth_number"):
        assert client.post(ASK, a_form(**{name: value})).status_code in (200, 302, 422)
    query = {"topic": value, "kind": value, "municipality": value}
    assert client.get(ASK, query).status_code == 200


def test_markup_is_shown_as_it_was_typed(client):
    client.post(ASK, a_form(subject="{{7*7}} <b>x</b>", text="<script>alert(1)</script>\n\nDruhý odstavec"))
    html = client.get(SupportRequest.objects.get().get_link()).content.decode()
    assert "{{7*7}} &lt;b&gt;x&lt;/b&gt;" in html.replace("\u00a0", " ")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert" not in html


def test_fields_that_are_none_of_the_visitors_business_are_ignored(client):
    other = SupportRequestFactory()
    client.post(
        ASK,
        a_form(
            state="closed",
            assignee="1",
            is_official="on",
            created_by="1",
            reference=other.reference,
            id=other.pk,
        ),
    )
    case = SupportRequest.objects.latest("pk")
    assert (case.state, case.assignee, case.is_official, case.created_by) == (State.NEW, None, False, None)


def test_the_form_page_is_shared_with_nobody_but_kept_for_going_back(client):
    assert client.get(ASK)["Cache-Control"] == "no-cache, private"


# Received -----------------------------------------------------------------------------


def test_the_page_after_shows_reference_deadline_and_link(client, settings):
    client.post(ASK, a_form(email="jana@example.org"))
    case = SupportRequest.objects.get()
    html = client.get(f"/cs/requests/{case.link_token}/received/").content.decode()
    assert case.reference in html
    assert f'value="{settings.BASE_URL}/cs/requests/{case.link_token}/"' in html
    assert case.subject not in html


# Behind the private link --------------------------------------------------------------


def pages_of(case):
    return [
        case.get_link(),
        *(
            reverse(f"request-{name}", args=[case.link_token])
            for name in ("received", "withdraw", "deletion")
        ),
    ]


def test_every_page_behind_the_link_is_private(client):
    for address in pages_of(SupportRequestFactory()):
        response = client.get(address)
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store, private"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "same-origin"


def test_a_token_with_one_letter_changed_opens_nothing(client):
    case = SupportRequestFactory()
    wrong = ("A" if case.link_token[0] != "A" else "B") + case.link_token[1:]
    for address in pages_of(case):
        assert client.get(address.replace(case.link_token, wrong)).status_code == 404
    assert client.post(f"/cs/requests/{wrong}/", {"text": "x"}).status_code == 404


@pytest.mark.parametrize("token", ["x", "%00", "x" * 3000, "..", "%F0%9F%98%80", "1"])
def test_strange_tokens_are_not_found(client, token):
    assert client.get(f"/cs/requests/{token}/").status_code == 404


def test_trying_out_links_is_slowed_down_and_right_ones_go_on_working(client, settings):
    settings.LINK_TRIES_PER_HOUR = 3
    codes = [client.get(f"/cs/requests/{n:043d}/").status_code for n in range(5)]
    assert codes == [404, 404, 404, 429, 429]
    assert client.get(SupportRequestFactory().get_link()).status_code == 200


def test_a_thousand_tokens_are_long_and_all_different():
    tokens = set()
    for _ in range(1000):
        case = SupportRequest()
        case.give_link()
        tokens.add(case.link_token)
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {43}


def test_the_requester_reads_the_conversation_and_no_note(client):
    case = SupportRequestFactory(open=True)
    ContactFactory(request=case, answer=True, text="Naše odpověď.")
    ContactFactory(request=case, note=True, text="Tajná poznámka.")
    case.sensitive_note = "Citlivá věc."
    case.save()
    html = client.get(case.get_link()).content.decode()
    assert "Prosím o radu" in html
    assert "Naše odpověď." in html
    assert "Tajná" not in html
    assert "Citlivá" not in html
    assert case.assignee.name not in html


@pytest.mark.parametrize("state", State.values)
def test_every_state_is_told_in_a_sentence(client, state):
    case = SupportRequestFactory(
        state=state,
        answered_at=timezone.now(),
        closed_at=timezone.now(),
        duplicate_of=SupportRequestFactory() if state == State.DUPLICATE else None,
        referred_to="Úřad práce" if state == State.REFERRED else "",
    )
    response = client.get(case.get_link())
    assert response.status_code == 200
    assert response.context["sentence"].endswith(".")


def test_the_page_costs_the_same_for_one_contact_and_for_many(client, django_assert_num_queries):
    case = SupportRequestFactory()
    with CaptureQueriesContext(connection) as few:
        client.get(case.get_link())
    for number in range(3):
        contact = ContactFactory(request=case)
        file = stored(a_file(f"{number}.txt", b"text"), by=None)
        ContactFile.objects.create(contact=contact, attachment=file)
    with django_assert_num_queries(len(few)):
        client.get(case.get_link())


def a_reply(**changes):
    return {"text": "Doplňuji.", "idempotency_key": a_key(), **changes}


def test_a_reply_with_a_file_joins_the_conversation(client):
    case = SupportRequestFactory(state=State.WAITING_REQUESTER)
    response = client.post(case.get_link(), a_reply(files=[a_file()]))
    assert response["Location"] == f"{case.get_link()}?sent=1#conversation"
    case.refresh_from_db()
    assert case.state == State.OPEN
    contact = Contact.objects.latest("pk")
    assert (contact.text, contact.person, contact.logged_by) == ("Doplňuji.", case.requester, None)
    assert contact.files.count() == 1
    assert "Doplňuji." in client.get(case.get_link()).content.decode()


def test_the_files_of_a_reply_survive_errors(client):
    case = SupportRequestFactory()
    reply = a_reply()
    wrong = client.post(case.get_link(), {**reply, "text": "", "files": [a_file()]})
    for _time in range(2):
        sent = client.post(case.get_link(), {**reply, "files_token": waiting_in(wrong)})
        assert sent.status_code == 302
    assert Attachment.objects.get().name == "smlouva.pdf"


def test_the_same_reply_twice_is_one(client):
    case = SupportRequestFactory()
    reply = a_reply()
    assert [client.post(case.get_link(), reply).status_code for _ in range(2)] == [302, 302]
    assert case.contacts.count() == 2


def test_a_reply_that_was_changed_after_going_back_is_a_further_one(client):
    case = SupportRequestFactory()
    reply = a_reply()
    client.post(case.get_link(), reply)
    for _ in range(2):
        response = client.post(case.get_link(), {**reply, "text": "Doplňuji lépe."})
        assert response["Location"] == f"{case.get_link()}?sent=1#conversation"
    texts = list(case.contacts.order_by("pk").values_list("text", flat=True))
    assert texts[1:] == ["Doplňuji.", "Doplňuji lépe."]


def test_a_late_reply_leads_to_the_new_request(client):
    old = SupportRequestFactory(state=State.CLOSED, closed_at=timezone.now() - timedelta(days=61))
    response = client.post(old.get_link(), a_reply())
    new = SupportRequest.objects.latest("pk")
    assert response["Location"] == f"/cs/requests/{new.link_token}/received/"
    assert old.reference in client.get(new.get_link()).content.decode()


def test_an_empty_reply_comes_back(client):
    case = SupportRequestFactory()
    response = client.post(case.get_link(), a_reply(text=" \n "))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["text"]


def test_a_reply_with_a_bad_file_keeps_its_text(client):
    case = SupportRequestFactory()
    response = client.post(case.get_link(), a_reply(text="Nesmí zmizet.", files=[a_file("x.svg", b"<svg/>")]))
    assert response.status_code == 422
    assert "Nesmí zmizet." in response.content.decode()
    assert case.contacts.count() == 1


def test_a_reply_to_spam_is_refused_with_its_text_kept(client):
    case = SupportRequestFactory(state=State.SPAM)
    response = client.post(case.get_link(), a_reply())
    assert response.status_code == 422
    assert case.contacts.count() == 1


def test_many_replies_in_an_hour_are_slowed_down(client, settings):
    settings.REPLIES_PER_HOUR = 2
    case = SupportRequestFactory()
    codes = [client.post(case.get_link(), a_reply()).status_code for _ in range(3)]
    assert codes == [302, 302, 429]


def test_withdrawing_asks_first(client):
    case = SupportRequestFactory(open=True)
    address = reverse("request-withdraw", args=[case.link_token])
    assert client.get(address).status_code == 200
    case.refresh_from_db()
    assert case.state == State.OPEN
    assert client.post(address)["Location"] == case.get_link()
    case.refresh_from_db()
    assert case.state == State.WITHDRAWN
    again = client.post(address)
    assert again.status_code == 422
    assert again.context["reasons"] != []


def test_asking_for_deletion_asks_first_and_is_seen_afterwards(client):
    case = SupportRequestFactory(open=True)
    address = reverse("request-deletion", args=[case.link_token])
    client.get(address)
    case.refresh_from_db()
    assert case.deletion_requested_at is None
    client.post(address)
    case.refresh_from_db()
    assert case.deletion_requested_at is not None
    assert client.post(address).status_code == 422
    assert [entry.verb for entry in entries_of(case)] == ["request.ask_deletion"]


# Files --------------------------------------------------------------------------------


def with_file(case, **contact):
    row = ContactFactory(request=case, **contact)
    file = stored(a_file("a.txt", b"secret text"), by=None)
    return ContactFile.objects.create(contact=row, attachment=file)


def test_a_file_is_served_to_its_own_requester_only(client):
    mine, other = SupportRequestFactory(), SupportRequestFactory()
    own, foreign, note = with_file(mine), with_file(other), with_file(mine, note=True)
    response = client.get(reverse("request-file", args=[mine.link_token, own.pk]))
    assert b"".join(response.streaming_content) == b"secret text"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    for row in (foreign, note):
        assert client.get(reverse("request-file", args=[mine.link_token, row.pk])).status_code == 404
    wrong = reverse("request-file", args=["x" * 43, own.pk])
    assert client.get(wrong).status_code == 404
    huge = reverse("request-file", args=[mine.link_token, 10**30])
    assert client.get(huge).status_code == 404


# Losing a home --------------------------------------------------------------------

EVICTED = "Zítra nás vystěhují a nemáme kam jít."
TO_HELP = 'href="/cs/help/">Hrozí mi ztráta bydlení</a></p>'


def rule_in_czech():
    with translation.override("cs"):
        return rule()


def tomorrow(days=1):
    return timezone.localdate() + timedelta(days=days)


@time_machine.travel("2026-11-30 10:00+01:00")
def test_when_the_home_is_lost_is_kept_and_hurries_the_answer(client):
    response = client.post(
        ASK, a_form(home_loss="days", home_at_risk_by="2026-12-04", email="jana@example.org")
    )
    case = SupportRequest.objects.get()
    assert (case.home_loss, str(case.home_at_risk_by), str(case.due_on)) == (
        "days",
        "2026-12-04",
        "2026-12-03",
    )
    html = client.get(response["Location"]).content.decode().replace("\u00a0", " ")
    assert "Ozveme se vám nejpozději ve čtvrtek 3. prosince 2026." in html
    assert "Kdo přichází o bydlení" in html
    mail = OutgoingMail.objects.get().text.replace("\u00a0", " ")
    assert "Ozveme se vám nejpozději ve čtvrtek 3. prosince 2026." in mail
    page = client.get(case.get_link()).content.decode().replace("\u00a0", " ")
    assert "Ozveme se vám nejpozději ve čtvrtek 3. prosince 2026." in page
    assert "Co dělat mezitím" in page


def test_the_receipt_does_not_tell_who_loses_a_home(client):
    client.post(ASK, a_form(home_loss="lost", email="jana@example.org"))
    client.post(ASK, a_form(subject="Kde požádat o sociální byt", email="jiny@example.org"))
    lost, other = (mail.text.splitlines() for mail in OutgoingMail.objects.order_by("pk"))
    assert len(lost) == len(other)
    assert [line for line in lost if "přichází o bydlení" in line] == [rule_in_czech()]
    assert [line for line in other if "přichází o bydlení" in line] == [rule_in_czech()]


def test_meanwhile_help_near_the_municipality_is_shown(client):
    place = MunicipalityFactory()
    response = client.post(ASK, a_form(home_loss="unknown", municipality=place.code))
    help_near = f'href="/cs/help/?municipality={place.code}"'
    assert help_near in client.get(response["Location"]).content.decode()
    assert help_near in client.get(SupportRequest.objects.get().get_link()).content.decode()


def test_who_has_no_home_already_has_no_day(client):
    client.post(ASK, a_form(home_loss="lost", home_at_risk_by="2020-01-01"))
    case = SupportRequest.objects.get()
    assert (case.home_loss, case.home_at_risk_by) == ("lost", None)


@pytest.mark.parametrize(
    ("day", "words"),
    [(-1, "Tento den už byl."), (3 * 366, "To je za víc než dva roky."), (None, "Zadejte platné datum")],
    ids=["yesterday", "in three years", "no day"],
)
def test_a_day_that_cannot_be_is_answered_at_its_field(client, day, words):
    typed = "brzy" if day is None else tomorrow(day).isoformat()
    response = client.post(ASK, a_form(home_loss="days", home_at_risk_by=typed))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"home_at_risk_by"}
    html = response.content.decode()
    assert words in html
    assert f'value="{typed}"' in html


def test_a_day_alone_does_not_say_whether_the_home_is_lost(client):
    response = client.post(ASK, a_form(home_at_risk_by=tomorrow().isoformat()))
    assert set(response.context["form"].errors) == {"home_loss"}


@pytest.mark.parametrize("where", ["subject", "text"])
def test_who_writes_that_they_lose_a_home_is_asked_once_when(client, where):
    form = a_form(**{where: EVICTED})
    asked = client.post(ASK, form)
    assert asked.status_code == 422
    assert set(asked.context["form"].errors) == {"home_loss"}
    html = asked.content.decode()
    assert "někdo přichází o bydlení. Kdy?" in html
    [note] = re.findall(r'<input[^>]*name="home_asked"[^>]*>', html)
    assert 'value="1"' in note
    assert client.post(ASK, {**form, "home_asked": "1"}).status_code == 302
    assert SupportRequest.objects.get().home_loss == ""


def test_who_says_when_is_not_asked(client):
    assert client.post(ASK, a_form(text=EVICTED, home_loss="days")).status_code == 302


def test_who_loses_a_home_is_not_held_up_by_what_may_help_already(client):
    an_answer("Kde požádat o byt")
    assert client.post(ASK, a_form()).status_code == 200
    assert client.post(ASK, a_form(home_loss="days")).status_code == 302


def test_from_the_help_page_the_form_opens_with_it_and_does_not_send_back(client):
    topic, place = TopicFactory(), MunicipalityFactory()
    assert TO_HELP in client.get(ASK).content.decode()
    response = client.get(f"{ASK}?home=days&topic={topic.slug}&municipality={place.slug}")
    form, html = response.context["form"], response.content.decode()
    assert (form["home_loss"].value(), form["topic"].value()) == ("days", topic.slug)
    assert form["municipality"].value().startswith(place.name)
    assert TO_HELP not in html
    assert "116 006" in html
    assert client.get(f"{ASK}?home=nonsense").context["form"]["home_loss"].value() == ""


def test_what_is_said_of_the_home_after_going_back_hurries_the_same_request(client):
    form = a_form(topic=TopicFactory(answer_days=5).slug)
    client.post(ASK, form)
    client.post(ASK, {**form, "home_loss": "lost"})
    case = SupportRequest.objects.get()
    assert case.home_loss == "lost"
    assert case.due_on == due_for(case, case.waiting_since)
    assert Contact.objects.latest("pk").text == "Kdy přicházíte o bydlení?: už jsem bez bydlení"
