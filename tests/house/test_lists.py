"""Every list that comes in pages: what it costs, for one row as for three, from one table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from inspect import unwrap
from types import CodeType, FunctionType
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Role
from consultations.mailbox.actions.incoming import place, store
from consultations.models import CameBy
from core.notices.actions import notify
from core.outbox import dead_addresses
from core.outbox.mail import OutgoingMail
from municipalities.choices import AdoptionState
from municipalities.exchange.search import index_all
from municipalities.models import Membership, Municipality, Practice
from municipalities.programmes.actions import programmes
from shsp.models import HelpText, SitePage
from shsp.routes import routes
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    PersonFactory,
    SummaryEditionFactory,
    SupportRequestFactory,
    TopicFactory,
)
from tests.factories.deliveries import DeliveryFactory
from tests.factories.exchange import ExchangeAnswerFactory, ExchangeQuestionFactory, ExchangeReportFactory
from tests.factories.figures import (
    IndicatorFactory,
    IndicatorValueFactory,
    ReturnFactory,
    ReturnPeriodFactory,
)
from tests.factories.law import cite, marked
from tests.factories.lessons import ProposalFactory, WordingFactory
from tests.factories.material_texts import MaterialEditionFactory
from tests.factories.municipalities import (
    MembershipFactory,
    MunicipalityFactory,
    OfficeFactory,
    OfficeReportFactory,
)
from tests.factories.peers import PeerQuestionFactory
from tests.factories.practices import AdoptionFactory, AdoptionStepFactory, PracticeEditionFactory
from tests.factories.prepared import PreparedAnswerFactory
from tests.factories.programmes import a_draft
from tests.factories.reports import ReportEditionFactory
from tests.factories.reviews import ExpertFactory, ReviewRoundFactory
from tests.factories.studies import DocumentFactory, MaterialFactory
from tests.factories.visits import StudyVisitFactory

pytestmark = pytest.mark.django_db

# What makes pages of rows.
PAGES = {"page_of", "register_page"}
# Asks before it does something, and shows the list of the period only when that was refused.
ASKS_FIRST = {"desk-return-remind-all"}


# Rows: each makes as many as asked, and returns the arguments of the list's address ----------------


def cases(rows: int, user: User) -> None:
    for _row in range(rows):
        SupportRequestFactory(open=True, assignee=UserFactory(), municipality=MunicipalityFactory())


def cases_of_person(rows: int, user: User) -> dict[str, Any]:
    who = PersonFactory()
    for _row in range(rows):
        SupportRequestFactory(open=True, requester=who, municipality=MunicipalityFactory())
    return {"pk": who.pk}


def cases_of_mine(rows: int, user: User) -> None:
    for _row in range(rows):
        SupportRequestFactory(official=True, municipality=spoken_for(user))


def letters(rows: int, user: User) -> None:
    for number in range(rows):
        head = f"From: jana{number}@example.org\nMessage-ID: <{number}@x>\nAuto-Submitted: auto-replied"
        place(store(f"{head}\n\nNejsem tu.".encode(), came_by=CameBy.IMAP))


def dead(rows: int, user: User) -> None:
    for number in range(rows):
        dead_addresses.mark(f"jana{number}@example.org", "5.1.1")


def notices(rows: int, user: User) -> None:
    for _row in range(rows):
        case = SupportRequestFactory()
        notify("summary/in_review", SummaryEditionFactory(), user, case.get_desk_url)


def outgoing(rows: int, user: User) -> None:
    for number in range(rows):
        words = {"kind": "consultations/receipt", "language": "cs", "subject": "Dotaz", "text": "Dobrý den"}
        OutgoingMail.objects.create(**words, to="jana@example.org", message_id=f"<{number}@x>")


def prepared(rows: int, user: User) -> None:
    for _row in range(rows):
        PreparedAnswerFactory(topic=TopicFactory())


def questions_to_us(rows: int, user: User) -> None:
    for _row in range(rows):
        PeerQuestionFactory(municipality=spoken_for(user))
        PeerQuestionFactory(municipality=spoken_for(user), answered=True)


def summaries(rows: int, user: User) -> None:
    SummaryEditionFactory.create_batch(rows)


def published_summaries(rows: int, user: User) -> None:
    SummaryEditionFactory.create_batch(rows, published=True, topic=TopicFactory())


def people(rows: int, user: User) -> None:
    UserFactory.create_batch(rows - 1)


def colleagues(rows: int, user: User) -> None:
    MembershipFactory.create_batch(rows, municipality=spoken_for(user))
    MembershipFactory.create_batch(
        rows, municipality=spoken_for(user), starts_on="2025-01-01", ends_on="2025-06-01"
    )


def places(rows: int, user: User) -> None:
    MunicipalityFactory.create_batch(rows)


def places_with_people(rows: int, user: User) -> None:
    MembershipFactory.create_batch(rows)


def places_like_one(rows: int, user: User) -> dict[str, Any]:
    MunicipalityFactory.create_batch(rows, pilot=True)
    return {"slug": MunicipalityFactory().slug}


def figures(rows: int, user: User) -> dict[str, Any]:
    place = MunicipalityFactory(pilot=True)
    IndicatorValueFactory.create_batch(rows, municipality=place)
    return {"slug": place.slug}


def corrected_figures(rows: int, user: User) -> dict[str, Any]:
    last, place, indicator = None, MunicipalityFactory(pilot=True), IndicatorFactory()
    for number in range(rows):
        superseded_at = timezone.now() if number < rows - 1 else None
        last = IndicatorValueFactory(
            municipality=place, indicator=indicator, replaces=last, superseded_at=superseded_at
        )
    return {"slug": place.slug}


def indicators(rows: int, user: User) -> None:
    first = IndicatorFactory()
    IndicatorFactory.create_batch(rows - 1, at_most=first)


def periods(rows: int, user: User) -> None:
    for _row in range(rows):
        ReturnFactory(sent=True)


def returns(rows: int, user: User) -> dict[str, Any]:
    period = ReturnPeriodFactory(indicators=[IndicatorFactory()])
    for _row in range(rows):
        ReturnFactory(period=period, sent=True, municipality=MembershipFactory().municipality)
    return {"year": period.year}


def returns_of_mine(rows: int, user: User) -> None:
    for _row in range(rows):
        ReturnFactory(sent=True, municipality=spoken_for(user))


def wishes(rows: int, user: User) -> None:
    for _row in range(rows):
        membership = MembershipFactory()
        row = a_draft(membership.municipality, membership.user)
        programmes.ask_publishing(row, version=1, by=membership.user)


def questions(rows: int, user: User) -> None:
    ExchangeAnswerFactory.create_batch(rows)
    index_all()


def questions_read_by_us(rows: int, user: User) -> None:
    spoken_for(user)
    questions(rows, user)


def answers(rows: int, user: User) -> dict[str, Any]:
    spoken_for(user)
    question = ExchangeQuestionFactory()
    ExchangeAnswerFactory.create_batch(rows, question=question)
    return {"pk": question.pk}


def reports(rows: int, user: User) -> None:
    for _row in range(rows):
        answer = ExchangeAnswerFactory()
        ExchangeReportFactory(question=answer.question, answer=answer)


def offices(rows: int, user: User) -> None:
    for _row in range(rows):
        OfficeReportFactory(office=OfficeFactory(checked_at=timezone.now(), checked_by=UserFactory()))


def office_reports(rows: int, user: User) -> None:
    OfficeReportFactory.create_batch(rows)


def practices(rows: int, user: User) -> None:
    for _row in range(rows):
        dropped(PracticeEditionFactory(published=True, labelled=True).document)


def practices_of_mine(rows: int, user: User) -> None:
    for _row in range(rows):
        edition = PracticeEditionFactory(published=True, document__municipality=spoken_for(user))
        AdoptionStepFactory(adoption__practice=edition.document, adoption__municipality=spoken_for(user))


def ledger(rows: int, user: User) -> dict[str, Any]:
    return {"slug": taken_up(rows).slug}


def ledger_at_desk(rows: int, user: User) -> dict[str, Any]:
    return {"pk": taken_up(rows).pk}


def taken_up(rows: int) -> Practice:
    practice = PracticeEditionFactory(published=True).document
    for _row in range(rows):
        dropped(practice)
    return practice


def dropped(practice: Any) -> None:
    adoption = AdoptionFactory(
        practice=practice, municipality=MunicipalityFactory(), state=AdoptionState.DROPPED
    )
    AdoptionStepFactory(adoption=adoption, reason_cs="Došly byty.")


def materials(rows: int, user: User) -> None:
    MaterialFactory.create_batch(rows)


def documents(rows: int, user: User) -> None:
    for _row in range(rows):
        DocumentFactory()


def materials_beside(rows: int, user: User) -> None:
    for _row in range(rows):
        MaterialFactory(owner=UserFactory())
    for number in range(1, rows + 1):
        MaterialFactory(place=number, owner=UserFactory())


def visit_reports(rows: int, user: User) -> None:
    ReportEditionFactory.create_batch(rows)


def material_texts(rows: int, user: User) -> None:
    MaterialEditionFactory.create_batch(rows, whole=True)


def visits(rows: int, user: User) -> None:
    StudyVisitFactory.create_batch(rows)


def proposed_lessons(rows: int, user: User) -> None:
    edition = ReportEditionFactory(published=True)
    for _number in range(rows):
        ProposalFactory(lesson=WordingFactory(edition=edition).lesson)


def deliveries(rows: int, user: User) -> None:
    edition = ReportEditionFactory(published=True)
    for _row in range(rows):
        DeliveryFactory(edition=edition, municipality=MunicipalityFactory())


def statements(rows: int, user: User) -> None:
    for _row in range(rows):
        ExpertFactory(named=True)
        ReviewRoundFactory(closed=True, is_statement_public=True)


def provisions(rows: int, user: User) -> None:
    edition = SummaryEditionFactory(published=True)
    for number in range(rows):
        cite(edition, f"§ {number} zákona č. 108/2006 Sb.")
        marked(f"§ {number} zákona č. 108/2006 Sb.", by=user, in_force_on=date(2027, 1, 1))


def to_check(rows: int, user: User) -> None:
    for _row in range(rows):
        cite(SummaryEditionFactory(published=True, document__owner=user, document__deputy=UserFactory()))
    marked(by=user, in_force_on=date(2027, 1, 1))


def site_pages(rows: int, user: User) -> None:
    for number in range(rows):
        SitePage.objects.create(slug=f"page-{number}").editions.create(number=1, title="Stránka", text="Text")


def help_pages(rows: int, user: User) -> None:
    for number in range(rows):
        row = HelpText.objects.create(slug=f"help-{number}")
        row.editions.create(number=1, texts={"words.title.cs": "Pomoc", "words.title.en": "Help"})


def spoken_for(user: User) -> Municipality:
    """Return the municipality that an official speaks for."""
    membership = Membership.objects.filter(user=user).first() or MembershipFactory(user=user)
    return membership.municipality


# The table ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cost:
    """A list as one reader sees it: how many queries it takes, however many rows there are."""

    queries: int
    make: Callable[[int, User | None], dict[str, Any] | None]
    reader: str = ""
    query: str = ""


DESK, MINE, BOSS = Role.CONSULTANT, Role.OFFICIAL, Role.ADMINISTRATOR

LISTS = {
    "accounts:notices": [Cost(4, notices, Role.EDITOR), Cost(4, notices, Role.EDITOR, "?show=unread")],
    "desk-deliveries": [Cost(4, deliveries, DESK)],
    "desk-deliveries-matrix": [Cost(7, deliveries, DESK)],
    "desk-exchange-reports": [Cost(3, reports, Role.EDITOR)],
    "desk-figures": [Cost(4, figures, DESK)],
    "desk-indicators": [Cost(3, indicators, BOSS)],
    "desk-lessons": [Cost(6, proposed_lessons, DESK), Cost(6, proposed_lessons, DESK, "?state=proposed")],
    "desk-mail": [Cost(3, letters, DESK, "?shelf=machines")],
    "desk-law": [Cost(7, provisions, Role.EDITOR)],
    "desk-mail-dead": [Cost(3, dead, DESK)],
    "desk-library": [Cost(4, documents, Role.EDITOR)],
    "desk-materials": [Cost(4, materials_beside, DESK), Cost(4, materials_beside, DESK, "?q=Metodika")],
    "desk-municipalities": [Cost(6, places_with_people, DESK)],
    "desk-person": [Cost(11, cases_of_person, DESK)],
    "desk-office-reports": [Cost(3, office_reports, DESK)],
    "desk-offices": [Cost(5, offices, DESK)],
    "desk-practice-ledger": [Cost(8, ledger_at_desk, Role.EDITOR)],
    "desk-practices": [Cost(3, practices, Role.EDITOR)],
    "desk-prepared": [Cost(4, prepared, DESK)],
    "desk-programmes": [Cost(3, wishes, DESK)],
    "desk-requests": [Cost(5, cases, DESK), Cost(5, cases, DESK, "?order=due")],
    "desk-return-period": [Cost(7, returns, Role.COORDINATOR)],
    "desk-reviews": [Cost(3, statements, DESK)],
    "desk-returns": [Cost(3, periods, Role.COORDINATOR)],
    "desk-help-pages": [Cost(3, help_pages, Role.EDITOR)],
    "desk-site-pages": [Cost(3, site_pages, Role.EDITOR)],
    "desk-summaries": [Cost(4, summaries, Role.EDITOR)],
    "desk-material-texts": [Cost(3, material_texts, Role.EDITOR)],
    "desk-to-check": [Cost(12, to_check, Role.EDITOR), Cost(12, to_check, Role.EDITOR, "?who=mine")],
    "desk-visit-reports": [Cost(3, visit_reports, Role.EDITOR)],
    "desk-visits": [Cost(5, visits, Role.EDITOR), Cost(5, visits, Role.EDITOR, "?state=archived&q=Rakousko")],
    "expert-group": [Cost(2, statements)],
    "exchange": [
        Cost(5, questions, Role.EDITOR),
        Cost(6, questions_read_by_us, MINE),
        Cost(7, questions_read_by_us, MINE, "?q=komise"),
    ],
    "exchange-question": [Cost(13, answers, MINE)],
    "library": [Cost(3, documents)],
    "materials": [Cost(6, materials)],
    "municipalities": [Cost(7, places)],
    "municipality-figures": [Cost(2, corrected_figures)],
    "municipality-like": [Cost(9, places_like_one)],
    "my-adoptions": [Cost(6, practices_of_mine, MINE)],
    "my-help": [Cost(6, questions_to_us, MINE)],
    "my-people": [Cost(5, colleagues, MINE)],
    "my-practices": [Cost(4, practices_of_mine, MINE)],
    "my-requests": [Cost(5, cases_of_mine, MINE)],
    "my-returns": [Cost(3, returns_of_mine, MINE)],
    "outbox": [Cost(3, outgoing, DESK)],
    "people:people": [Cost(4, people, BOSS)],
    "practice-ledger": [Cost(5, ledger)],
    "practice-lessons": [Cost(3, practices)],
    "practices": [Cost(3, practices)],
    "summaries": [Cost(4, published_summaries)],
    "visits": [Cost(6, visits)],
}


@pytest.mark.parametrize(
    ("name", "cost"),
    [(name, cost) for name, costs in LISTS.items() for cost in costs],
    ids=lambda value: value if isinstance(value, str) else f"{value.reader or 'visitor'}{value.query}",
)
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_what_the_table_says(name: str, cost: Cost, rows: int):
    client, user = Client(), None
    if cost.reader:
        user = UserFactory(role=cost.reader)
        client.force_login(user)
    address = reverse(name, kwargs=cost.make(rows, user) or {}) + cost.query
    # The first page after a login costs a little more.
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert number_shown(response) == rows
    assert len(queries) == cost.queries, [query["sql"] for query in queries]


def number_shown(response: Any) -> int:
    """Return how many rows the page of a list shows."""
    page = response.context["page"] if "page" in response.context else response.context["once"]
    return len(page.items if hasattr(page, "items") else page.object_list)


# Completeness ---------------------------------------------------------------------------------------


def test_every_list_is_in_the_table():
    found = {route.name for route in routes() if "GET" in route.methods and comes_in_pages(route.view)}
    assert found - ASKS_FIRST == set(LISTS)


def comes_in_pages(view: Callable[..., Any]) -> bool:
    """Tell whether a view makes pages of rows, itself or by a function that it calls."""
    function = unwrap(view)
    return isinstance(function, FunctionType) and bool(PAGES & set(reached(function)))


def reached(function: FunctionType, seen: set[FunctionType] | None = None) -> Iterator[str]:
    """Yield the names that a function uses, and those used by our views and reads that it calls."""
    seen = set() if seen is None else seen
    seen.add(function)
    for name in names_in(function.__code__):
        yield name
        called = function.__globals__.get(name)
        if isinstance(called, FunctionType) and called not in seen and ".views" in called.__module__:
            yield from reached(called, seen)


def names_in(code: CodeType) -> Iterator[str]:
    """Yield the names in the code of a function and of those written inside it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from names_in(constant)
