"""Returns: opened, saved as they stand, questioned, sent, sent back, accepted, reminded of."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from core.notices.emails import reason_to_stop
from core.outbox.mail import OutgoingMail
from core.outbox.models import State
from core.states import Conflict, Refused
from municipalities import hooks
from municipalities.choices import PeriodState, ReturnState, Unit
from municipalities.models import IndicatorValue, Membership, Municipality, Return, ReturnLine, ReturnPeriod
from municipalities.people.actions import memberships
from municipalities.returns import checks, emails
from municipalities.returns.actions import returns as actions
from municipalities.returns.actions.returns import Asked
from municipalities.timeline import queries as timeline
from tests.factories.accounts import UserFactory
from tests.factories.figures import (
    IndicatorFactory,
    IndicatorValueFactory,
    ReturnFactory,
    ReturnLineFactory,
    ReturnPeriodFactory,
)
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Municipality:
    return MunicipalityFactory(pilot=True, name="Veselíčko")


@pytest.fixture
def official(place) -> Any:
    return MembershipFactory(municipality=place, starts_on=date(2020, 1, 1)).user


@pytest.fixture
def boss() -> Any:
    return UserFactory(coordinator=True)


@pytest.fixture
def flats() -> Any:
    return IndicatorFactory(name_cs="Byty")


def asked_for(place: Any, *indicators: Any, **fields: Any) -> Return:
    """Return an open return of a place, without mail."""
    return ReturnFactory(municipality=place, period=ReturnPeriodFactory(indicators=indicators, **fields))


def kinds() -> list[str]:
    names = OutgoingMail.objects.order_by("pk").values_list("kind", flat=True)
    return [name.removeprefix("municipalities/return_") for name in names]


def save(statement: Return, by: Any, **typed: Any) -> None:
    """Save what is typed, by the slugs of the indicators."""
    rows = {row.slug.replace("-", "_"): row.pk for row in statement.period.indicators.all()}
    written = {slug: {"typed": text} if isinstance(text, str) else text for slug, text in typed.items()}
    lines = [ReturnLine(indicator_id=rows[slug], **fields) for slug, fields in written.items()]
    actions.save(statement, lines=lines, version=statement.version, by=by)


def post(client: Any, statement: Return, indicator: Any, value: str, **more: Any) -> Any:
    """Press a button of the form as an official does."""
    data = {f"value_{indicator.pk}": value, "version": statement.version, **more}
    return client.post(statement.get_my_url(), data)


class TestPeriods:
    def test_opening_asks_each_municipality_and_writes_to_those_who_speak_for_it_now(
        self, place, boss, flats
    ):
        MembershipFactory(municipality=place, user__language="en", user__email="jane@example.org")
        MembershipFactory(municipality=place, ends_on=timezone.localdate(), starts_on=date(2020, 1, 1))
        due = timezone.localdate() + timedelta(days=30)
        asked = Asked(2025, date(2025, 12, 31), due, (flats,), (place, MunicipalityFactory()))

        period = actions.open_period(asked=asked, by=boss)

        mail = OutgoingMail.objects.get()
        assert (mail.to, mail.kind) == ("jane@example.org", "municipalities/return_opened")
        assert f"/en/my/returns/{period.returns.get(municipality=place).pk}/" in mail.text
        assert period.returns.count() == 2
        assert period.next_step_on == due - timedelta(days=7)
        assert DBTaskResult.objects.filter(task_path__endswith="look_after_returns").count() == 1

    def test_what_makes_no_sense_is_refused_in_one_go(self, boss, flats):
        ReturnPeriodFactory(year=2025)
        yesterday = timezone.localdate() - timedelta(days=1)
        asked = Asked(2025, timezone.localdate(), yesterday, (), ())

        assert len(actions.reasons_against_opening(asked, by=boss)) == 5
        with pytest.raises(Refused):
            actions.open_period(asked=asked, by=boss)

    def test_a_coordinator_opens_adds_closes_and_reopens_in_the_browser(self, log_in, place, flats):
        client, _user = log_in("coordinator")
        other = MunicipalityFactory(name="Lhota", code="123456", search_name="lhota")
        page = client.get(reverse("desk-return-open")).content.decode()
        assert f'value="{place.pk}" id="id_municipalities_0" checked' in page
        form = {
            "year": 2025,
            "values_on": "2025-12-31",
            "due_on": (timezone.localdate() + timedelta(days=9)).isoformat(),
            "indicators": [flats.pk],
            "municipalities": [place.pk],
        }
        wrong = {**form, "values_on": "2024-12-31", "due_on": "2020-01-01", "municipalities": []}
        assert list(client.post(reverse("desk-return-open"), wrong).context["form"].errors) == [
            "municipalities"
        ]
        wrong["municipalities"] = [place.pk]
        errors = client.post(reverse("desk-return-open"), wrong).context["form"].errors
        assert list(errors) == ["values_on", "due_on"]
        asked = client.post(reverse("desk-return-open"), form)
        assert "vybrané obce zatím nikdo nezastupuje" in asked.content.decode().replace("\xa0", " ")
        assert not ReturnPeriod.objects.exists()
        changed = client.post(reverse("desk-return-open"), {**form, "change": "1"})
        assert 'value="2025"' in changed.content.decode()
        client.post(reverse("desk-return-open"), {**form, "confirm": "1"})
        assert client.post(reverse("desk-return-open"), {**form, "confirm": "1"}).status_code == 422
        client.post(reverse("desk-return-add", args=[2025]), {"municipality": "Lhota"})
        assert (
            client.post(reverse("desk-return-add", args=[2025]), {"municipality": "Lhota"}).status_code == 422
        )
        MunicipalityFactory(name="Zaniklá", search_name="zanikla", dissolved_on=date(2024, 1, 1))
        gone = client.post(reverse("desk-return-add", args=[2025]), {"municipality": "Zaniklá"})
        assert gone.status_code == 422
        period = ReturnPeriod.objects.get()
        assert set(period.returns.values_list("municipality", flat=True)) == {place.pk, other.pk}
        client.post(reverse("desk-return-close", args=[2025]), {"version": period.version})
        late = client.post(reverse("desk-return-close", args=[2025]), {"version": period.version})
        assert late.status_code == 409
        period.refresh_from_db()
        assert (period.state, period.next_step_on) == (PeriodState.CLOSED, None)
        client.post(reverse("desk-return-reopen", args=[2025]), {"version": period.version})
        period.refresh_from_db()
        assert period.is_open
        assert period.next_step_on


class TestChecks:
    def findings(self, place: Any, typed: str, *, before: Any = None, **entry: Any) -> tuple[list[str], str]:
        """Return faults and question about one typed value."""
        row = entry.pop("row", None) or IndicatorFactory(unit=entry.pop("unit", Unit.FLATS))
        statement = Return(municipality=place)
        last = {row.pk: IndicatorValue(indicator=row, value=before)} if before is not None else {}
        found = checks.check(statement, [row], {row.pk: ReturnLine(typed=typed, **entry)}, last)
        one = found.get(row.pk, checks.Finding())
        return one.faults, one.question

    @pytest.mark.parametrize("typed", ["", "dvacet", "-1", "1,5", "1234567890123"])
    def test_what_is_no_value_is_a_fault(self, place, typed):
        faults, question = self.findings(place, typed)
        assert len(faults) == 1
        assert question == ""

    @pytest.mark.parametrize(
        ("typed", "before", "words"),
        [("12000", 12, "a thousand times"), ("120", 12, "ten times"), ("1", 12, "a tenth"),
         ("0", 3, "a tenth"), ("119", 12, ""), ("2", 12, ""), ("901", None, "inhabitants"),
         ("900", None, ""), ("5", 0, "")],
    )  # fmt: skip
    def test_what_is_unusual_is_asked_about(self, place, typed, before, words):
        with override("en"):
            faults, question = self.findings(place, typed, before=before)
        assert faults == []
        assert words in question
        assert bool(question) == bool(words)

    def test_an_answer_needs_a_reason_and_then_nothing_is_asked(self, place):
        assert self.findings(place, "120", before=12, is_confirmed=True)[0]
        assert self.findings(place, "120", before=12, is_confirmed=True, note="Koupili jsme dům") == ([], "")
        assert self.findings(place, "", is_unknown=True) == ([], "")
        assert self.findings(place, "5", is_unknown=True)[0]
        assert self.findings(place, "100000", unit=Unit.CROWNS) == ([], "")

    def test_more_kept_than_housed_is_a_fault(self, place):
        housed, statement = IndicatorFactory(), Return(municipality=place)
        kept = IndicatorFactory(at_most=housed)
        rows = [housed, kept]

        assert (
            checks.check(
                statement, rows, {housed.pk: ReturnLine(typed="5"), kept.pk: ReturnLine(typed="5")}, {}
            )
            == {}
        )
        found = checks.check(
            statement, rows, {housed.pk: ReturnLine(typed="5"), kept.pk: ReturnLine(typed="6")}, {}
        )
        assert list(found) == [kept.pk]
        assert found[kept.pk].faults


class TestOfficial:
    def test_fields_are_prefilled_and_everything_is_kept_even_when_wrong(
        self, log_in, place, official, flats
    ):
        IndicatorValueFactory(municipality=place, indicator=flats, value=12)
        statement = asked_for(place, flats)
        client, _user = log_in("official", user=official)

        page = client.get(statement.get_my_url()).content.decode()
        assert 'value="12"' in page
        assert "31.\u00a0prosince\u00a02019" in page
        post(client, statement, flats, "asi dvacet", save=1)

        statement.refresh_from_db()
        assert (statement.state, statement.saved_by) == (ReturnState.OPEN, official)
        assert statement.lines.get().typed == "asi dvacet"
        page = client.get(statement.get_my_url()).content.decode()
        assert 'value="asi dvacet"' in page
        assert "Napište číslo" in page

    def test_sending_asks_first_and_goes_once_it_is_answered(self, log_in, place, official, flats):
        IndicatorValueFactory(municipality=place, indicator=flats, value=12)
        statement = asked_for(place, flats)
        client, _user = log_in("official", user=official)

        questioned = post(client, statement, flats, "12000", send=1)
        assert questioned.status_code == 422
        assert "tisíckrát" in questioned.content.decode()
        assert f'href="#id_confirmed_{flats.pk}"' in questioned.content.decode()
        statement.refresh_from_db()
        yes = {f"confirmed_{flats.pk}": "on", "send": 1}
        assert post(client, statement, flats, "12000", **yes).status_code == 422
        statement.refresh_from_db()
        sent = post(client, statement, flats, "12000", **yes, **{f"note_{flats.pk}": "Celé sídliště"})
        assert sent.status_code == 302
        statement.refresh_from_db()
        assert (statement.state, statement.sent_by) == (ReturnState.SENT, official)
        assert 'name="value_' not in client.get(statement.get_my_url()).content.decode()
        assert post(client, statement, flats, "1", save=1).status_code == 422

    def test_an_answer_given_to_another_number_does_not_hold(self, place, official, flats):
        statement = asked_for(place, flats)
        save(statement, official, **{flats.slug.replace("-", "_"): "5000"})
        both = {"typed": "50000", "note": "Ano", "is_confirmed": True}
        save(statement, official, **{flats.slug.replace("-", "_"): both})

        assert not ReturnLine.objects.get().is_confirmed
        with pytest.raises(Refused):
            actions.send(statement, version=statement.version, by=official)

    def test_it_is_saved_while_one_types_and_a_colleagues_change_stops_it(
        self, log_in, place, official, flats
    ):
        statement = asked_for(place, flats)
        client, _user = log_in("official", user=official)
        url = reverse("my-return-save", args=[statement.pk])
        data = {f"value_{flats.pk}": "7", "version": 1}

        told = client.post(url, data)
        assert told.json()["version"] == 2
        assert told.json()["said"].startswith("Uloženo v ")
        assert client.post(url, {**data, f"value_{flats.pk}": "8"}).status_code == 409
        assert client.post(url, {**data, f"value_{flats.pk}": "8" * 41}).status_code == 422
        assert ReturnLine.objects.get().typed == "7"

    def test_two_at_once_both_stand_on_the_page_and_the_second_may_go_on(
        self, log_in, place, official, flats
    ):
        statement = asked_for(place, flats)
        colleague = MembershipFactory(municipality=place).user
        save(statement, colleague, **{flats.slug.replace("-", "_"): "7"})
        client, _user = log_in("official", user=official)

        page = client.post(statement.get_my_url(), {f"value_{flats.pk}": "9", "version": 1, "save": 1})

        assert page.status_code == 409
        html = page.content.decode()
        assert 'value="9"' in html
        assert "<strong>7</strong>" in html
        assert 'name="version" value="2"' in html
        assert post(client, statement, flats, "9", save=1).status_code == 302

    def test_others_meet_404_and_who_has_left_as_well(self, log_in, place, official, flats):
        statement = asked_for(place, flats)
        stranger, _user = log_in("official", user=MembershipFactory().user)
        for url in (statement.get_my_url(), reverse("my-return-save", args=[statement.pk])):
            assert stranger.post(url, {"version": 1}).status_code == 404
        assert "Veselíčko" not in stranger.get(reverse("my-returns")).content.decode()
        client, _user = log_in("official", user=official)
        assert client.get(statement.get_my_url()).status_code == 200
        membership = official_membership(official)
        today = timezone.localdate()
        memberships.end_membership(membership, ends_on=today, by=UserFactory(coordinator=True))
        assert client.get(statement.get_my_url()).status_code == 404

    def test_figures_of_a_day_to_come_are_not_sent_yet(self, place, official, flats):
        statement = asked_for(place, flats, values_on=timezone.localdate() + timedelta(days=5))
        save(statement, official, **{flats.slug.replace("-", "_"): "7"})
        with override("en"), pytest.raises(Refused, match="from that day on"):
            actions.send(statement, version=statement.version, by=official)

    def test_what_is_owed_waits_on_the_overview(self, place, official, flats):
        statement = asked_for(place, flats)
        ReturnFactory(municipality=place, sent=True)
        ReturnFactory(municipality=place, period__state=PeriodState.CLOSED, period__closed_at=timezone.now(),
                      period__closed_by=UserFactory())  # fmt: skip
        tasks = hooks.tasks_of(official, [place])
        assert [task.url for task in tasks if "/returns/" in task.url] == [statement.get_my_url()]


def official_membership(user: Any) -> Membership:
    return Membership.objects.get(user=user)


class TestDesk:
    def sent(self, place: Any, official: Any, flats: Any, typed: str = "14") -> Return:
        statement = ReturnFactory(
            municipality=place, period=ReturnPeriodFactory(year=2025, indicators=[flats]), sent=True
        )
        ReturnLineFactory(statement=statement, indicator=flats, typed=typed, note="Dva nové byty")
        return statement

    def test_the_desk_decides_in_the_browser_and_who_may_not_is_told(self, log_in, place, official, flats):
        statement = self.sent(place, official, flats)
        consultant, _user = log_in("consultant")
        assert "Vaše role se obcí na údaje neptá" in consultant.get(statement.get_desk_url()).content.decode()
        client, _user = log_in("coordinator")
        back = reverse("desk-return-send-back", args=[statement.pk])
        assert client.post(back, {"remark": "", "version": 1}).status_code == 422
        client.post(back, {"remark": "Počet nesedí", "version": 1})
        statement.refresh_from_db()
        assert (statement.state, statement.remark) == (ReturnState.SENT_BACK, "Počet nesedí")
        assert (
            "Počet nesedí"
            in log_in("official", user=official)[0].get(statement.get_my_url()).content.decode()
        )
        accept = reverse("desk-return-accept", args=[statement.pk])
        assert client.post(accept, {"version": 2}).status_code == 422
        assert client.post(accept, {"version": 1}).status_code == 409
        late = client.post(back, {"remark": "Psáno dlouho", "version": 1})
        assert late.status_code == 409
        assert "Psáno dlouho" in late.content.decode()

    def test_the_desk_goes_on_to_the_next_return_that_waits(self, log_in, place, official, flats):
        statement = self.sent(place, official, flats)
        other = ReturnFactory(period=statement.period, sent=True)
        client, _user = log_in("coordinator")
        assert other.get_desk_url() in client.get(statement.get_desk_url()).content.decode()

    def test_a_period_is_taken_away_as_a_table(self, log_in, place, official, flats):
        statement = self.sent(place, official, flats, typed="1 400")
        unknown = ReturnFactory(period=statement.period, municipality__search_name="zzz")
        ReturnLineFactory(statement=unknown, indicator=flats, typed="", is_unknown=True)
        client, _user = log_in("consultant")
        answer = client.get(reverse("desk-return-period-csv", args=[2025]))
        head, first, second = b"".join(answer.streaming_content).decode().splitlines()
        assert "Byty (byty)" in head
        assert first.startswith("Veselíčko;")
        assert first.endswith(";1400")
        assert second.endswith(";neznámo")

    def test_the_list_is_narrowed_by_state_and_lateness(self, log_in, place, official, flats):
        statement = self.sent(place, official, flats)
        other = ReturnFactory(period=statement.period)
        client, _user = log_in("coordinator")

        def shown(query):
            rows = client.get(statement.period.get_desk_url() + query).context["rows"]
            return [row["statement"] for row in rows]

        assert shown("?state=sent") == [statement]
        assert shown("?late=on") == ([other] if other.is_late else [])
        assert shown("?state=accepted") == []

    def test_no_step_is_taken_on_what_a_colleague_changed(self, place, official, boss, flats):
        statement = self.sent(place, official, flats)
        theirs = Return.objects.get(pk=statement.pk)
        actions.accept(statement, version=1, by=boss)
        with pytest.raises(Conflict):
            actions.send_back(theirs, remark="Ne", version=1, by=boss)

    def test_what_was_sent_can_be_taken_back_until_it_is_decided(self, log_in, place, official, boss, flats):
        statement = self.sent(place, official, flats)
        mine, _user = log_in("official", user=official)
        url = reverse("my-return-take-back", args=[statement.pk])
        assert url in mine.get(statement.get_my_url()).content.decode()

        mine.post(url, {"version": 1})

        statement.refresh_from_db()
        assert (statement.state, statement.sent_at) == (ReturnState.OPEN, None)
        assert mine.post(url, {"version": 2}).status_code == 422
        actions.send(statement, version=2, by=official)
        actions.accept(statement, version=3, by=boss)
        assert mine.post(url, {"version": 3}).status_code == 409
        assert mine.post(url, {"version": 4}).status_code == 422

    def test_the_centres_remark_is_read_until_the_figures_are_accepted(
        self, log_in, place, official, boss, flats
    ):
        statement = self.sent(place, official, flats)
        mine, desk = log_in("official", user=official)[0], log_in("coordinator", user=boss)[0]
        actions.send_back(statement, remark="Počet nesedí", version=1, by=boss)

        def readers():
            pages = {mine: statement.get_my_url(), desk: statement.get_desk_url()}
            return ["Počet nesedí" in browser.get(url).content.decode() for browser, url in pages.items()]

        actions.send(statement, version=2, by=official)
        assert readers() == [True, True]
        actions.take_back(statement, version=3, by=official)
        assert statement.state == ReturnState.SENT_BACK
        assert readers() == [True, True]
        assert statement.decided_by == boss
        actions.send(statement, version=4, by=official)
        actions.accept(statement, version=5, by=boss)
        assert readers() == [False, False]

    def test_who_speaks_for_nobody_is_told_so(self, log_in):
        mine, _user = log_in("official")
        assert "Teď nejednáte za žádnou obec" in mine.get(reverse("my-returns")).content.decode()

    def test_the_forms_cost_the_same_for_one_line_and_for_three(
        self, log_in, place, official, django_assert_num_queries
    ):
        statement = asked_for(place)
        client, desk = log_in("official", user=official)[0], log_in("coordinator")[0]
        # The first page after a login costs a little more.
        client.get(reverse("my-returns")), desk.get(reverse("desk-returns"))
        for count in (1, 3):
            while statement.lines.count() < count:
                row = IndicatorFactory()
                statement.period.indicators.add(row)
                ReturnLineFactory(statement=statement, indicator=row)
                IndicatorValueFactory(municipality=place, indicator=row, value=12)
            with django_assert_num_queries(8):
                client.get(statement.get_my_url())
            with django_assert_num_queries(8):
                desk.get(statement.get_desk_url())


class TestReminders:
    def test_the_desk_reminds_once_a_day_and_holds_nobody_up_who_is_writing(
        self, log_in, place, official, flats
    ):
        client, _user = log_in("coordinator")
        statement = asked_for(place, flats)

        client.post(reverse("desk-return-remind", args=[statement.pk]))
        again = client.post(reverse("desk-return-remind", args=[statement.pk]))
        client.post(reverse("desk-return-remind-all", args=[statement.period.year]))

        assert again.status_code == 422
        assert kinds() == ["reminder"]
        save(statement, official, **{flats.slug.replace("-", "_"): "7"})

    def test_all_are_reminded_only_after_seeing_who_that_is(self, log_in, place, official, flats):
        client, _user = log_in("coordinator")
        statement = asked_for(place, flats)
        nobodys = ReturnFactory(period=statement.period)
        page = reverse("desk-return-remind-all", args=[statement.period.year])

        assert client.get(page).context["owed"] == [statement]
        assert kinds() == []
        client.post(page)
        assert kinds() == ["reminder"]
        assert Return.objects.get(pk=nobodys.pk).reminded_at is None
        assert client.post(page).status_code == 422

    def test_where_nobody_speaks_for_the_municipality_it_is_said(self, log_in, flats):
        client, _user = log_in("coordinator")
        statement = asked_for(MunicipalityFactory(), flats)
        assert "nikdo nejedná" in client.get(statement.period.get_desk_url()).content.decode()
        answer = client.post(reverse("desk-return-remind", args=[statement.pk]))
        assert answer.status_code == 422
        assert kinds() == []

    def test_late_is_said_by_a_word_and_in_the_mail(self, log_in, place, official, flats):
        statement = asked_for(place, flats, due_on=timezone.localdate() - timedelta(days=1))
        client, _user = log_in("coordinator")
        assert "po termínu" in client.get(statement.period.get_desk_url()).content.decode()
        client.post(reverse("desk-return-remind", args=[statement.pk]))
        assert "zatím je nemáme" in OutgoingMail.objects.get().text

    def test_mail_to_whoever_has_left_meanwhile_is_not_sent(self, place, official, boss, flats):
        statement = asked_for(place, flats)
        emails.write(statement, "reminder")
        mail = OutgoingMail.objects.get(kind="municipalities/return_reminder")
        assert (mail.state, reason_to_stop(mail)) == (State.QUEUED, "")
        memberships.end_membership(official_membership(official), ends_on=timezone.localdate(), by=boss)
        assert reason_to_stop(mail)


def test_the_timeline_tells_what_was_sent_and_decided_to_the_desk_and_the_places_own(
    place, official, boss, flats
):
    statement = ReturnFactory(municipality=place, sent=True, period__indicators=[flats])
    ReturnFactory(sent=True)
    actions.accept(statement, version=1, by=boss)
    now = timezone.now()

    own = timeline.entries(place, reader=official, before=now, limit=5, kind="returns")
    desk = timeline.entries(place, reader=boss, before=now, limit=5, kind="returns")

    assert [entry.direction for entry in own] == ["outbound", "inbound"]
    assert own[0].url == statement.get_my_url()
    assert desk[0].url == statement.get_desk_url()
    stranger = MembershipFactory().user
    assert timeline.entries(place, reader=stranger, before=now, limit=5, kind="returns") == []
