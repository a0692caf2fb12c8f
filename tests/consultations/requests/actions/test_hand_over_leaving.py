"""An official who leaves has no access from that very day on, by any path; history stays."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consultations.intake.actions import requester
from consultations.mailbox.actions.incoming import place, store
from consultations.models import CameBy, Contact, ContactFile, MailState, SupportRequest
from consultations.requests import emails
from core.outbox import tokens
from core.outbox.mail import Stopped
from municipalities.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, PersonFactory, SupportRequestFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.files import stored
from tests.mails import SETTINGS

pytestmark = pytest.mark.django_db

PRAGUE = ZoneInfo("Europe/Prague")
EVE = datetime(2026, 11, 30, 23, 50, tzinfo=PRAGUE)
DAY = datetime(2026, 12, 1, 0, 5, tzinfo=PRAGUE)


@pytest.fixture(params=[EVE, DAY], ids=["the day before", "the day itself"])
def moment(request):
    """The clock stands shortly before or after the midnight at which the official's time ends."""
    with time_machine.travel(request.param, tick=False):
        yield request.param


@pytest.fixture
def case():
    """A request of an official whose membership ends on 1 December."""
    with time_machine.travel(EVE, tick=False):
        leaver = UserFactory(official=True, email="eva@obec.example", name="Eva Malá")
        municipality = MunicipalityFactory(slug="obec")
        spoke = {"starts_on": "2026-01-01", "ends_on": "2026-12-01"}
        MembershipFactory(user=leaver, municipality=municipality, **spoke)
        return SupportRequestFactory(
            open=True,
            is_official=True,
            municipality=municipality,
            created_by=leaver,
            subject="Koncepce",
            requester=PersonFactory(user=leaver, email=leaver.email, municipality=municipality),
        )


def opens(moment):
    return moment == EVE


def test_a_login_from_before_opens_nothing_more(case, moment, log_in):
    with time_machine.travel(EVE, tick=False):
        client = log_in("official", user=case.created_by)[0]
        assert client.get(case.get_my_url()).status_code == 200
    with time_machine.travel(moment, tick=False):
        paths = [
            case.get_my_url(),
            reverse("my-timeline") + "?municipality=obec",
            reverse("my-people") + "?municipality=obec",
        ]
        expected = 200 if opens(moment) else 404
        assert [client.get(path).status_code for path in paths] == [expected] * 3
        assert (case.subject in client.get(reverse("my-requests")).content.decode()) is opens(moment)


def test_the_private_link_opens_nothing_more(case, moment, client):
    names = ("request", "request-received", "request-withdraw", "request-deletion")
    found = {client.get(reverse(name, args=[case.link_token])).status_code for name in names}
    assert found == {200 if opens(moment) else 404}


def test_nor_does_it_take_a_reply(case, moment, client):
    client.post(case.get_link(), {"text": "Ještě něco."})
    unknown = client.post(reverse("request", args=["x" * 43]), {"text": "x"})
    assert unknown.status_code == 404
    assert SupportRequest.objects.behind_link(case.link_token).exists() is opens(moment)


def test_no_address_of_a_file_works_any_more(case, moment, client, log_in):
    attachment = stored(SimpleUploadedFile("plan.txt", b"Plan"), by=None)
    file = ContactFile.objects.create(contact=case.contacts.get(), attachment=attachment)
    official = log_in("official", user=case.created_by)[0]
    answers = [
        client.get(reverse("request-file", args=[case.link_token, file.pk])),
        official.get(reverse("my-request-file", args=[case.reference, file.pk])),
    ]
    for answer in answers:
        answer.close()
    assert [answer.status_code for answer in answers] == [200 if opens(moment) else 404] * 2


def test_mail_that_waits_is_stopped(case, moment):
    mail = emails.answer(case, ContactFactory(request=case, answer=True))
    assert emails.reason_to_stop(mail) == ("" if opens(moment) else Stopped.NOT_THEIRS)


def test_a_reply_by_mail_waits_for_the_desk(case, moment, settings):
    for name, value in SETTINGS.items():
        setattr(settings, name, value)
    to, before = tokens.reply_address(case.pk, "eva@obec.example"), Contact.objects.count()
    raw = f"From: eva@obec.example\r\nTo: {to}\r\nSubject: Re: Koncepce\r\nMessage-ID: <1@x>\r\n\r\nA ještě."
    mail = store(raw.encode(), came_by=CameBy.IMAP)
    place(mail)
    mail.refresh_from_db()
    assert (mail.state == MailState.PLACED) is opens(moment)
    assert Contact.objects.count() - before == int(opens(moment))
    if not opens(moment):
        assert mail.why == "left"


def test_a_disabled_account_opens_no_link_either(case, client):
    with time_machine.travel(EVE, tick=False):
        type(case.created_by).objects.update(is_active=False)
        assert client.get(case.get_link()).status_code == 404


def test_what_was_asked_for_oneself_stays_ones_own(client):
    leaver = UserFactory(official=True)
    own = SupportRequestFactory(requester=PersonFactory(user=leaver))
    assert client.get(own.get_link()).status_code == 200


def test_whoever_goes_on_for_the_municipality_is_answered(case):
    """A colleague's reply is theirs, and after the leaver has gone the request is theirs, too."""
    with time_machine.travel(EVE, tick=False):
        colleague = MembershipFactory(municipality=case.municipality).user
        said = requester.reply(case, text="Doplňuji.", by=colleague)
        assert said.person.user == colleague
        assert SupportRequest.objects.get().requester.user == case.created_by
    with time_machine.travel(DAY, tick=False):
        old = case.link_token
        requester.reply(SupportRequest.objects.get(), text="Ještě.", by=colleague)
        now = SupportRequest.objects.get()
        assert now.requester.user == colleague
        assert not SupportRequest.objects.behind_link(old).exists()
        assert now.contacts.order_by("pk").first().person.user == case.created_by


def test_nothing_needs_a_job(case, moment):
    assert Membership.objects.current().exists() is opens(moment)
