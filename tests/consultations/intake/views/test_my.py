"""The officials' pages: their own municipality, and nothing of another."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultations.choices import Channel, RequesterKind, State
from consultations.intake.actions import requester
from consultations.models import ContactFile, Person, SupportRequest
from consultations.requests import form_keys
from consultations.requests.clock import due_for
from consultations.requests.notices import FROM_CENTRE
from core.notices.actions import tell
from core.outbox.mail import OutgoingMail
from core.templatetags.ui import day
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, SupportRequestFactory
from tests.factories.exchange import ExchangeAnswerFactory, ExchangeQuestionFactory
from tests.factories.figures import IndicatorFactory, IndicatorValueFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.files import stored

pytestmark = pytest.mark.django_db

ASK = "/cs/my/requests/new/"
LIST = "/cs/my/requests/"


@pytest.fixture
def place():
    return MunicipalityFactory(name="Most")


@pytest.fixture
def official(log_in, place):
    client, user = log_in("official", name="Petr Úředník", email="petr@example.org")
    MembershipFactory(municipality=place, user=user)
    client.user = user
    return client


def a_case(place, **changes):
    return SupportRequestFactory(official=True, municipality=place, **changes)


def a_form(place, **changes):
    values = {
        "municipality": place.code,
        "subject": "Jak nastavit pravidla",
        "text": "Píšeme pravidla přidělování.",
        "idempotency_key": form_keys.new_key(),
    }
    return {**values, **changes}


def with_file(case, **contact):
    file = stored(SimpleUploadedFile("a.txt", b"secret text"), by=None)
    return ContactFile.objects.create(contact=ContactFactory(request=case, **contact), attachment=file)


# Asking ---------------------------------------------------------------------------


def test_an_official_asks_for_the_own_municipality(official, place):
    file = SimpleUploadedFile("pravidla.pdf", b"%PDF-1.7 x")
    response = official.post(ASK, a_form(place, files=[file], consent_publish="on"))
    case = SupportRequest.objects.get()
    assert response["Location"] == f"/cs/my/requests/{case.reference}/?received=1"
    assert (case.municipality, case.is_official, case.created_by) == (place, True, official.user)
    assert (case.requester_kind, case.channel) == (RequesterKind.MUNICIPALITY, Channel.WEB)
    assert (case.requester.name, case.requester.user) == ("Petr Úředník", official.user)
    assert case.contacts.get().files.count() == 1
    assert OutgoingMail.objects.get().to == "petr@example.org"


def test_the_second_question_comes_from_the_same_person(official, place):
    for _ in range(2):
        official.post(ASK, a_form(place))
    assert SupportRequest.objects.count() == 2
    assert Person.objects.count() == 1


def test_the_same_form_twice_is_one_request(official, place):
    form = a_form(place)
    assert [official.post(ASK, form).status_code for _ in range(2)] == [302, 302]
    assert SupportRequest.objects.count() == 1


def test_what_was_changed_after_going_back_is_added_to_the_same_request_once(official, place):
    form = a_form(place)
    official.post(ASK, form)
    for _ in range(2):
        response = official.post(ASK, {**form, "text": "Jinak."})
        assert response["Location"].endswith("/?corrected=1")
    assert list(SupportRequest.objects.get().contacts.order_by("pk").values_list("text", flat=True))[1:] == [
        "Jinak."
    ]
    assert official.post(ASK, form)["Location"].endswith("/?again=1")
    assert (
        "This form was sent before"
        in official.get(
            response["Location"].replace("/cs/", "/en/", 1).replace("corrected", "again")
        ).content.decode()
    )


def test_a_municipality_that_is_not_ones_own_cannot_be_asked_for(official):
    response = official.post(ASK, a_form(MunicipalityFactory()))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["municipality"]
    assert SupportRequest.objects.count() == 0


def test_a_form_that_comes_back_keeps_what_was_typed(official, place):
    response = official.post(ASK, a_form(place, subject="", text="Toto nesmí zmizet."))
    assert list(response.context["form"].errors) == ["subject"]
    assert "Toto nesmí zmizet." in response.content.decode()


def test_somebody_without_a_municipality_is_told_what_to_do(log_in):
    client, _user = log_in("official")
    html = client.get(ASK).content.decode()
    assert 'name="subject"' not in html
    assert client.get("/cs/my/").status_code == 200


# Seeing ---------------------------------------------------------------------------


def test_colleagues_see_it_unless_it_is_personal(official, place, log_in):
    colleague, user = log_in("official")
    MembershipFactory(municipality=place, user=user)
    official.post(ASK, a_form(place, subject="Pro všechny"))
    official.post(ASK, a_form(place, subject="Jen pro mne", is_personal="on"))
    shared, personal = SupportRequest.objects.order_by("pk")
    for client, codes in ((official, [200, 200]), (colleague, [200, 404])):
        assert [client.get(case.get_my_url()).status_code for case in (shared, personal)] == codes
    html = colleague.get(LIST).content.decode() + colleague.get("/cs/my/").content.decode()
    assert "Pro všechny" in html
    assert "Jen pro mne" not in html
    assert colleague.get(LIST).context["page"].count_label == "1"


def test_the_conversation_has_no_note_and_no_sensitive_note(official, place):
    case = a_case(place, sensitive_note="Citlivá věc.")
    ContactFactory(request=case, note=True, text="Tajná poznámka.")
    ContactFactory(request=case, answer=True, text="Naše odpověď.")
    html = official.get(case.get_my_url()).content.decode()
    assert "Naše odpověď." in html
    assert "Tajná" not in html
    assert "Citlivá" not in html


def every_path(case, file):
    reference = case.reference
    return [
        case.get_my_url(),
        reverse("my-request-withdraw", args=[reference]),
        reverse("my-request-file", args=[reference, file.pk]),
    ]


@pytest.mark.parametrize(
    "which", ["another municipality", "a citizen's", "ended membership", "personal of a colleague"]
)
def test_nothing_of_others_is_found_counted_guessed_or_downloaded(official, place, which):
    elsewhere = MunicipalityFactory()
    case = {
        "another municipality": lambda: a_case(elsewhere, subject="Cizí věc"),
        "a citizen's": lambda: SupportRequestFactory(municipality=place, subject="Cizí věc"),
        "ended membership": lambda: _once_ours(official.user),
        "personal of a colleague": lambda: a_case(place, is_personal=True, subject="Cizí věc"),
    }[which]()
    file = with_file(case)
    for address in every_path(case, file):
        assert official.get(address).status_code == 404
    assert (
        official.post(case.get_my_url(), {"text": "x", "idempotency_key": form_keys.new_key()}).status_code
        == 404
    )
    assert official.post(reverse("my-request-withdraw", args=[case.reference])).status_code == 404
    case.refresh_from_db()
    assert (case.state, case.contacts.count()) == (State.NEW, 2)
    response = official.get(LIST)
    assert "Cizí věc" not in response.content.decode()
    assert response.context["page"].count == 0
    assert "Cizí věc" not in official.get("/cs/my/").content.decode()
    for query in ("?state=new", f"?municipality={case.municipality_id}", "?page=1", f"?before={case.pk + 1}"):
        assert official.get(LIST + query).context["page"].items == []


def _once_ours(user):
    membership = MembershipFactory(user=user, ends_on=timezone.localdate(), starts_on=timezone.localdate())
    return a_case(membership.municipality, subject="Cizí věc")


def test_a_file_of_one_request_is_not_served_under_another(official, place):
    mine, other = a_case(place), a_case(MunicipalityFactory())
    own, foreign, note = with_file(mine), with_file(other), with_file(mine, note=True)
    response = official.get(reverse("my-request-file", args=[mine.reference, own.pk]))
    assert b"".join(response.streaming_content) == b"secret text"
    for row in (foreign, note):
        assert official.get(reverse("my-request-file", args=[mine.reference, row.pk])).status_code == 404


def test_a_request_that_does_not_exist_looks_like_one_of_others(official):
    foreign = a_case(MunicipalityFactory())
    missing = foreign.get_my_url().replace(foreign.reference, "SH-2026-999999")
    one, two = official.get(foreign.get_my_url()), official.get(missing)
    assert (one.status_code, two.status_code) == (404, 404)
    assert abs(len(one.content) - len(two.content)) <= 16


@pytest.mark.parametrize("reference", ["x", "SH-2026-0", "SH-2026-" + "9" * 30, "1", "SH-1-1", "%00"])
def test_strange_references_are_not_found(official, reference):
    assert official.get(f"/cs/my/requests/{reference}/").status_code == 404


@pytest.mark.parametrize("role", ["consultant", "editor", "coordinator", "administrator"])
def test_staff_have_no_business_here(log_in, role, place):
    client, _user = log_in(role)
    case = a_case(place)
    for address in ("/cs/my/", LIST, ASK, case.get_my_url()):
        assert client.get(address).status_code == 403


def test_a_visitor_is_sent_to_the_login(client, place):
    for address in ("/cs/my/", LIST, ASK, a_case(place).get_my_url()):
        assert client.get(address).status_code == 302


# Replying, withdrawing --------------------------------------------------------------


def test_an_official_replies_in_their_own_name(official, place):
    case = a_case(place, state=State.WAITING_REQUESTER)
    form = {"text": "Odpovídáme.", "idempotency_key": form_keys.new_key()}
    response = official.post(case.get_my_url(), form)
    assert response["Location"] == f"{case.get_my_url()}?sent=1"
    official.post(case.get_my_url(), form)
    case.refresh_from_db()
    assert case.state == State.OPEN
    contact = case.contacts.order_by("pk").last()
    assert (contact.logged_by, case.contacts.count()) == (official.user, 2)


def test_a_colleague_is_named_in_the_conversation(official, place, log_in):
    other, user = log_in("official", name="Eva Druhá")
    MembershipFactory(municipality=place, user=user)
    case = a_case(place)
    other.post(case.get_my_url(), {"text": "Píše Eva.", "idempotency_key": form_keys.new_key()})
    assert "Eva Druhá" in official.get(case.get_my_url()).content.decode()


def test_withdrawing_asks_first(official, place):
    case = a_case(place)
    address = reverse("my-request-withdraw", args=[case.reference])
    assert official.get(address).status_code == 200
    assert official.post(address)["Location"] == case.get_my_url()
    case.refresh_from_db()
    assert case.state == State.WITHDRAWN
    assert official.post(address).status_code == 422


# Lists ----------------------------------------------------------------------------


def test_the_list_is_narrowed_by_state_and_ignores_what_is_none(official, place):
    a_case(place, state=State.WAITING_REQUESTER, subject="Čeká na nás")
    a_case(place, subject="Nový")
    for query, count in (
        ("", 2),
        ("?state=waiting_requester", 1),
        ("?state=nonsense", 2),
        ("?owner__password=a", 2),
    ):
        assert official.get(LIST + query).context["page"].count == count


def test_the_overview_shows_what_waits_for_us(official, place):
    a_case(place, state=State.WAITING_REQUESTER, subject="Čeká na nás")
    context = official.get("/cs/my/").context
    assert [case.subject for case in context["waiting"]] == ["Čeká na nás"]
    assert place.full_name in official.get("/cs/my/").content.decode()


def told_of(case, user):
    [notice] = tell(case, {FROM_CENTRE.key: [user]}, link=case.get_my_url, reference=case.reference)
    return notice


def test_an_answer_waits_until_it_is_opened(official, place):
    case = a_case(place, state=State.ANSWERED, answered_at=timezone.now(), subject="Zodpovězeno")
    asked = a_case(place, state=State.WAITING_REQUESTER, subject="Čeká na nás")
    told_of(case, official.user)
    notice = told_of(case, official.user)
    told_of(asked, official.user)
    page = official.get("/cs/my/")
    assert [one.notice for one in page.context["answers"]] == [notice]
    html = page.content.decode()
    assert f"napsali jsme {day(notice.created_at)}" in html
    assert f'action="{reverse("accounts:notice-open", args=[notice.pk])}"' in html

    opened = official.post(reverse("accounts:notice-open", args=[notice.pk]))
    assert opened.url == case.get_my_url()
    assert official.get("/cs/my/").context["answers"] == []


def test_whoever_replies_has_read_the_answer(official, place):
    case = a_case(place, state=State.OPEN)
    told_of(case, official.user)
    requester.reply(case, text="Děkujeme.", by=official.user)
    assert official.get("/cs/my/").context["answers"] == []


def test_an_answer_in_the_exchange_has_its_day(official, place):
    question = ExchangeQuestionFactory(municipality=place)
    ExchangeAnswerFactory(question=question, written_at=timezone.now() - timedelta(days=9))
    latest = ExchangeAnswerFactory(question=question, written_at=timezone.now() - timedelta(days=2))
    ExchangeAnswerFactory(question=question, municipality=place)
    page = official.get("/cs/my/")
    assert [task.since for task in page.context["tasks"]] == [latest.written_at]
    assert f"od {day(latest.written_at)}" in page.content.decode()


def known(place, count):
    """Give a municipality values of an indicator, one a year, and a question of others in the exchange."""
    indicator = IndicatorFactory()
    for year in range(2026 - count, 2026):
        IndicatorValueFactory(municipality=place, indicator=indicator, on=date(year, 12, 31), value=year)
    ExchangeQuestionFactory()
    return indicator


def test_the_overview_draws_a_line_of_three_values_and_says_fewer(official, place):
    first, second = known(place, 3), known(place, 2)
    page = official.get("/cs/my/")
    drawn = {figure.name: bool(figure.points) for figure in page.context["figures"]}
    assert drawn == {str(first.name): True, str(second.name): False}
    html = page.content.decode()
    assert html.count("<polyline") == 1
    assert len(page.context["news"]) == 2
    assert "Petr Úředník" in html


def test_the_overview_costs_the_same_however_much_is_known(official, place, django_assert_num_queries):
    known(place, 1)
    official.get("/cs/my/")
    with CaptureQueriesContext(connection) as one:
        official.get("/cs/my/")
    known(place, 4)
    known(place, 2)
    MembershipFactory(municipality=place)
    with django_assert_num_queries(len(one)):
        official.get("/cs/my/")


def test_with_nothing_yet_the_overview_says_what_to_do(official):
    html = official.get("/cs/my/").content.decode()
    assert "Nic na vás nečeká." in html
    assert f'href="{ASK}"' in html
    assert "Otevřít poradnu obcí" in html
    assert "glances" not in html


@pytest.mark.parametrize("address", ["/cs/my/", LIST])
def test_a_list_costs_the_same_for_one_row_and_for_three(official, place, address, django_assert_num_queries):
    a_case(place)
    official.get(address)
    with CaptureQueriesContext(connection) as one:
        official.get(address)
    a_case(place)
    a_case(place)
    with django_assert_num_queries(len(one)):
        official.get(address)


def test_pages_of_officials_are_kept_by_no_cache(official, place):
    case = a_case(place)
    for address in ("/cs/my/", LIST, ASK, case.get_my_url()):
        assert official.get(address)["Cache-Control"] == "no-store, private"


def test_the_form_needs_no_time_gate_but_an_own_key(official, place):
    with time_machine.travel(timezone.now()):
        assert official.post(ASK, a_form(place)).status_code == 302
    assert official.post(ASK, a_form(place, idempotency_key="forged")).status_code == 422
    assert SupportRequest.objects.count() == 1


def test_an_officials_text_is_shown_as_it_was_typed(official, place):
    official.post(ASK, a_form(place, subject="<b>x</b>", text="<script>1</script>"))
    case = SupportRequest.objects.get()
    for address in (case.get_my_url(), LIST, "/cs/my/"):
        html = official.get(address).content.decode()
        assert "<b>x</b>" not in html
        assert "<script>1" not in html


def test_a_user_of_another_role_keeps_no_access_by_membership(log_in, place):
    user = UserFactory(role="consultant")
    MembershipFactory(municipality=place, user=user)
    client, _user = log_in("consultant", user=user)
    assert client.get(LIST).status_code == 403


def test_who_asks_for_somebody_that_loses_a_home_says_when(official, place):
    html = official.get(ASK).content.decode()
    assert "Kdy přichází o bydlení člověk, na kterého se ptáte?" in html
    text = "Klientku ve středu vystěhují z ubytovny."
    asked = official.post(ASK, a_form(place, text=text))
    assert (asked.status_code, set(asked.context["form"].errors)) == (422, {"home_loss"})
    response = official.post(ASK, a_form(place, text=text, home_loss="days"))
    case = SupportRequest.objects.get()
    assert (case.home_loss, case.due_on) == ("days", due_for(case, case.waiting_since))
    assert "Kdo přichází o bydlení" in official.get(response["Location"]).content.decode()
