"""Tests of writing visits down: what is wrong is said, what was before is kept, a copy has no people."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from accounts.permissions import Role
from core import search
from core.audit import entries_of
from core.audit.words import history
from core.outbox.mail import OutgoingMail
from core.states import Conflict, Refused
from tests.factories.accounts import UserFactory
from tests.factories.attendance import AttendeeFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.visits import HostFactory, ProgrammeItemFactory, StudyVisitFactory, ThemeFactory
from visits.models import Attendee, StudyVisit
from visits.plans.actions import plans

pytestmark = pytest.mark.django_db
PRAGUE = ZoneInfo("Europe/Prague")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def editor():
    return UserFactory(role=Role.EDITOR)


def new(by, **words):
    return plans.plan(words={"title_cs": "Cesta do Vídně", "title_en": "To Vienna", **words}, sets={}, by=by)


def found(words):
    return [hit.object_id for hit in search.find(words, scope=search.PUBLIC).hits]


def test_a_new_visit_is_planned_and_seen_by_the_desk_alone(editor):
    visit = new(editor, starts_on=date(2027, 5, 1), starts_precision="month")

    assert (visit.slug, visit.state, visit.is_public) == ("to-vienna-2027", "planned", False)
    assert found("Vídně") == []
    assert [entry.verb for entry in entries_of(visit)] == ["words.add"]


def test_two_visits_of_one_name_have_addresses_of_their_own(editor):
    assert [new(editor).slug for _number in range(2)] == ["to-vienna", "to-vienna-2"]


def test_a_visit_stands_where_it_belongs_in_time(editor):
    for position, year in enumerate([2016, 2018], start=1):
        StudyVisitFactory(position=10 * position, starts_on=date(year, 1, 1))

    between = new(editor, starts_on=date(2017, 3, 1), starts_precision="day")

    assert list(StudyVisit.objects.for_list())[1] == between


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"title_cs": ""}, "Write a title or a country, so that the visit has a name."),
        (
            {"starts_on": date(2027, 5, 3), "starts_precision": "day", "ends_on": date(2027, 5, 2)},
            "The last day is before the first one.",
        ),
        ({"ends_on": date(2027, 5, 2)}, "Write the first day, too, as exactly as you know it."),
        (
            {
                "starts_on": date(2027, 5, 3),
                "starts_precision": "day",
                # Still the second of May in London, and the third in Prague.
                "sign_up_until": datetime(2027, 5, 2, 23, 30, tzinfo=ZoneInfo("Europe/London")),
            },
            "Sign-up has to end before the first day.",
        ),
    ],
)
def test_what_is_wrong_with_a_visit_is_said(editor, words, reason):
    with pytest.raises(Refused, match=reason):
        new(editor, **words)
    assert not StudyVisit.objects.exists()


def test_sign_up_may_end_on_any_moment_before_the_first_day_in_prague(editor):
    until = datetime(2027, 5, 2, 23, 59, tzinfo=PRAGUE)
    assert new(editor, starts_on=date(2027, 5, 3), starts_precision="day", sign_up_until=until)


def test_a_shipped_visit_is_corrected_with_the_words_before_and_put_back(editor):
    place, theme = MunicipalityFactory(), ThemeFactory()
    visit = StudyVisitFactory(country_cs="Rakousko")

    words, sets = {"country_cs": "Finsko"}, {"municipalities": [place], "themes": [theme]}
    assert plans.change(visit, words=words, sets=sets, version=1, by=editor)

    assert found("Finsko") == [visit.pk]
    [change] = history(visit)
    assert {word["name"] for word in change.words} == {"country_cs", "municipalities", "themes"}

    plans.put_back(visit, entry=change.entry, version=2, by=editor)
    visit.refresh_from_db()
    assert (visit.country_cs, visit.municipalities.count(), visit.version) == ("Rakousko", 0, 3)
    assert found("Finsko") == []


def test_what_is_the_same_is_no_change(editor):
    visit = StudyVisitFactory()
    assert not plans.change(visit, words={"country_cs": "Rakousko"}, sets={}, version=1, by=editor)
    assert visit.version == 1


def test_nobody_writes_over_what_they_have_not_seen(editor):
    visit = StudyVisitFactory()
    plans.change(visit, words={"organiser": "Obec"}, sets={}, version=1, by=editor)
    with pytest.raises(Conflict):
        plans.change(visit, words={"organiser": "Kraj"}, sets={}, version=1, by=editor)


def test_words_before_a_change_that_do_not_fit_today_are_not_put_back(editor):
    visit = StudyVisitFactory(starts_on=date(2027, 5, 3), starts_precision="day", ends_on=date(2027, 5, 4))
    plans.change(visit, words={"ends_on": date(2027, 5, 9)}, sets={}, version=1, by=editor)
    plans.change(visit, words={"starts_on": date(2027, 5, 7)}, sets={}, version=2, by=editor)
    first = history(visit)[1]

    with pytest.raises(Refused, match="The last day is before the first one"):
        plans.put_back(visit, entry=first.entry, version=3, by=editor)


def test_while_sign_up_is_open_its_end_cannot_be_taken_away(editor):
    visit = StudyVisitFactory(open=True)
    with pytest.raises(Refused, match="leave the first day and the end of sign-up filled in"):
        plans.change(visit, words={"sign_up_until": None}, sets={}, version=1, by=editor)


def test_there_are_no_fewer_places_than_people_who_have_one(editor):
    visit = StudyVisitFactory(open=True)
    for number in range(2):
        Attendee.objects.create(
            visit=visit, name="Jana", email=f"jana{number}@example.org", state="confirmed", named_by=editor
        )
    with pytest.raises(Refused, match="2 people have a place already"):
        plans.change(visit, words={"capacity": 1}, sets={}, version=1, by=editor)


def test_who_goes_is_told_of_what_matters_to_them(editor):
    visit = StudyVisitFactory(open=True)
    going = AttendeeFactory(invitation__visit=visit, state="confirmed")

    plans.change(visit, words={"note_cs": "Pozor."}, sets={}, version=1, by=editor)
    assert not OutgoingMail.objects.filter(to=going.email).exists()
    plans.change(visit, words={"instructions": "Sraz v šest."}, sets={}, version=2, by=editor)

    assert OutgoingMail.objects.filter(to=going.email).count() == 1


def test_a_copy_has_the_words_and_the_programme_without_days_and_people(editor):
    theme, host = ThemeFactory(), HostFactory()
    visit = StudyVisitFactory(
        open=True, host=host, goals_cs="Poznat domy.", instructions="Sraz v 6.", sign_up_until=timezone.now(),
        municipalities=[MunicipalityFactory()], participants_cs=["úředníci"],
    )  # fmt: skip
    visit.themes.add(theme)
    day = timezone.localdate() + timedelta(days=60)
    ProgrammeItemFactory(visit=visit, on=day, starts_at="09:00", place="Radnice", speaker="starostka")

    copy = plans.copy(visit, by=editor)

    assert (copy.state, copy.host, copy.goals_cs, copy.copied_from) == (
        "planned",
        host,
        "Poznat domy.",
        visit,
    )
    assert (copy.starts_on, copy.sign_up_until, copy.opened_at, copy.participants_cs) == (
        None,
        None,
        None,
        [],
    )
    assert (list(copy.themes.all()), copy.municipalities.count()) == ([theme], 0)
    [item] = copy.programme.all()
    assert (item.on, item.place, item.speaker) == (None, "Radnice", "starostka")
    assert [entry.details for entry in entries_of(copy)] == [{"of": visit.pk}]


def test_an_official_and_an_administrator_run_no_visits():
    for role in (Role.OFFICIAL, Role.ADMINISTRATOR):
        by = UserFactory(role=role)
        with pytest.raises(Refused, match="Your role does not run study visits"):
            new(by)
        with pytest.raises(Refused, match="Your role does not run study visits"):
            plans.copy(StudyVisitFactory(), by=by)


def test_no_visit_has_the_address_of_another_page(editor):
    assert new(editor, title_en="Hosts", title_cs="Hosts").slug == "visit-hosts"
