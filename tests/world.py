"""A small world in which every page of the portal has something to show."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

import consultations.requests.loading
from accounts.models import Invitation, User
from accounts.permissions import PERMISSIONS_OF, Permission, Role
from consultations.choices import RequesterKind, State
from consultations.desk.forms.request import SeenForm
from consultations.desk.views.panel import VERBS
from consultations.intake.actions.requester import Intake, receive
from consultations.mailbox.actions.incoming import place, store
from consultations.models import CameBy, IncomingMail, SummaryEdition, SupportRequest, Topic
from core.outbox import mail
from core.states import move
from municipalities.models import Membership, Municipality
from shsp.routes import routes
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, SummaryEditionFactory, SupportRequestFactory
from tests.factories.experts import ExpertQuestionFactory, SecondReadingFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.prepared import PreparedAnswerFactory
from tests.factories.support import PlanStepFactory
from tests.worlds import SUBJECTS

VISITOR = "visitor"


@dataclass
class World:
    """The things that addresses name, and one account of each role."""

    accounts: dict[str, User] = field(default_factory=dict)
    arguments: dict[str, dict[str, Any]] = field(default_factory=dict)
    # What an address needs behind its question mark.
    queries: dict[str, str] = field(default_factory=dict)
    request: SupportRequest | None = None
    summary: SummaryEdition | None = None

    def reader_of(self, name: str, who: str) -> str:
        """Return a role that may open the page; the coordinator opens most of the desk."""
        if who == "public":
            return VISITOR
        if who == "signed in":
            return Role.COORDINATOR
        order = [Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICIAL]
        return next(role for role in order if Permission(who) in PERMISSIONS_OF[role])

    def pages(self) -> list[tuple[str, str, str]]:
        """Return (route name, reader, path without its language) of every page that a GET shows."""
        found = []
        no_pages = NO_PAGES.union(*(subject.NO_PAGES for subject in SUBJECTS))
        for route in routes():
            if "GET" in route.methods and "<language>" in route.address and route.name not in no_pages:
                with translation.override("cs"):
                    path = reverse(route.name, kwargs=self.arguments.get(route.name, {}))
                path = path.removeprefix("/cs") + self.queries.get(route.name, "")
                found.append((route.name, self.reader_of(route.name, route.who), path))
        return found


# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES = {
    "request-file",
    "expert-file",
    "my-request-file",
    "desk-file",
    "desk-mail-raw",
    "desk-mail-file",
    "municipality-options",
    "desk-log-people",
    "desk-request-prepared",
    "desk-request-previous",
    "desk-request-next",
    "desk-time-export",
    "accounts:landing",
    "accounts:extend",
    "accounts:bell",
}


def build() -> World:
    """Write the small world into the database."""
    consultations.requests.loading.load()
    world = World(accounts={role: UserFactory(role=role, name=f"Demo {role}") for role in Role})
    place = MunicipalityFactory(name="Veselíčko", search_name="veselicko", slug="veselicko", pilot=True)
    membership = MembershipFactory(municipality=place, user=world.accounts[Role.OFFICIAL])
    request = _a_request(place, world.accounts)
    summary = _summaries(world.accounts)
    world.request, world.summary = request, summary
    world.queries = {
        "desk-summary-new": f"?request={request.reference}",
        "search": "?q=byt",
        "desk-search": "?q=dluh",
        "desk-palette": "?q=dluh",
    }
    world.arguments = _arguments(world, request, summary, place, membership)
    for subject in SUBJECTS:
        subject.build(world, place)
    return world


def _a_request(place: Municipality, accounts: dict[str, User]) -> SupportRequest:
    request = receive(
        Intake(
            requester_kind=RequesterKind.MUNICIPALITY,
            subject="Jak začít s prevencí ztráty bydlení?",
            text="Máme několik domácností s dluhem na nájmu.",
            name="Jana Nováková",
            email="jana@example.org",
            municipality=place,
            topic=Topic.objects.get(slug="loss-prevention"),
            files=(SimpleUploadedFile("přehled.txt", "Dlužné nájemné".encode()),),
            consent_publish=True,
            is_official=True,
        ),
        by=accounts[Role.OFFICIAL],
    )
    move(request, State.OPEN, also={"assignee": accounts[Role.CONSULTANT]})
    move(request, State.ANSWERED, also={"answered_at": request.received_at, "waiting_since": None})
    ContactFactory(request=request, answer=True, spoken_by=accounts[Role.CONSULTANT])
    ContactFactory(request=request, note=True, logged_by=accounts[Role.CONSULTANT])
    PlanStepFactory(plan__request=request, who=accounts[Role.COORDINATOR])
    SupportRequestFactory(topic=request.topic, subject="Kde najdu pomoc?")
    return request


def _summaries(accounts: dict[str, User]) -> SummaryEdition:
    topic = Topic.objects.get(slug="loss-prevention")
    published = SummaryEditionFactory(published=True, topic=topic, author=accounts[Role.CONSULTANT])
    SummaryEditionFactory(
        document=published.document,
        number=2,
        topic=topic,
        author=accounts[Role.COORDINATOR],
        change_note_cs="Doplněno",
    )
    return published


def _a_message() -> IncomingMail:
    """A message that nobody could place, with a file and a copy, on which somebody has to decide."""
    raw = f"""From: Petr Novotný <petr@example.org>
To: {settings.DEFAULT_FROM_EMAIL}
Cc: soused@example.org
Subject: {SupportRequest.objects.earliest("pk").reference}
Message-ID: <held@example.org>

Posílám, co jste chtěli.

> Co jsme psali my.
"""
    mail = store(raw.encode(), came_by=CameBy.IMAP)
    place(mail)
    return mail


def _arguments(
    world: World,
    request: SupportRequest,
    summary: SummaryEdition,
    place: Municipality,
    membership: Membership,
) -> dict[str, dict[str, Any]]:
    """Return the arguments of every route that takes some, by its name."""
    token, reference = {"token": request.link_token}, {"reference": request.reference}
    document, slug = {"pk": summary.document_id}, {"slug": summary.document.slug}
    municipality = {"slug": place.slug}
    message = mail.OutgoingMail.objects.latest("pk")
    invitation = Invitation(
        email="nova@example.org",
        name="Nová kolegyně",
        role=Role.EDITOR,
        invited_by=world.accounts[Role.COORDINATOR],
    )
    invitation_token = invitation.give_link()
    invitation.save()
    account = {"pk": world.accounts[Role.EDITOR].pk}
    draft, asked = ExpertQuestionFactory(request=request), ExpertQuestionFactory(request=request, sent=True)
    expert, question = {"token": asked.link_token}, {**reference, "pk": asked.pk}
    reading = SecondReadingFactory(request=request, reader=world.accounts[Role.COORDINATOR])
    return {
        **dict.fromkeys(["request", "request-received", "request-withdraw", "request-deletion"], token),
        **dict.fromkeys(["summary", "summary-mistake"], slug),
        **dict.fromkeys(["municipality", "desk-municipality", "desk-municipality-person"], municipality),
        "desk-municipality-person-end": {**municipality, "membership_id": membership.pk},
        "desk-municipality-hand-over": {**municipality, "membership_id": membership.pk},
        **dict.fromkeys(
            [
                "my-request",
                "my-request-withdraw",
                "desk-request",
                "desk-request-details",
                "desk-request-similar",
                "desk-request-summaries",
                "desk-request-history",
                *(f"desk-request-{verb.name}" for verb in VERBS.values() if verb.form is not SeenForm),
            ],
            reference,
        ),
        **dict.fromkeys(["desk-summary", "desk-summary-edit", "desk-summary-withdraw"], document),
        "desk-summary-compare": {**document, "number": 2},
        "desk-plan": reference,
        **dict.fromkeys(["desk-related", "desk-several"], reference),
        "desk-person": {"pk": request.requester_id},
        **dict.fromkeys(["expert", "expert-decline"], expert),
        **dict.fromkeys(["desk-experts", "desk-expert-write", "desk-reading-ask"], reference),
        **dict.fromkeys(["desk-expert", "desk-expert-revoke"], question),
        "desk-expert-edit": {**reference, "pk": draft.pk},
        "desk-reading": {"pk": reading.pk},
        "desk-request-prepared": {**reference, "kind": "answer"},
        "desk-prepared-edit": {"pk": PreparedAnswerFactory(topic=request.topic).pk},
        "outbox-message": {"pk": message.pk},
        "desk-mail-message": {"pk": _a_message().pk},
        **dict.fromkeys(["people:account", "people:role"], account),
        "people:do": {**account, "action": "disable"},
        "people:revoke": {"pk": invitation.pk},
        "accounts:accept-invitation": {"token": invitation_token},
        "account_reset_password_from_key": {"uidb36": "1", "key": "nothing"},
    }
