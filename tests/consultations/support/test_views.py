"""The page of in-depth support: what it shows, what is done there, what it costs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultations.models import PlanStep, SupportPlan, SupportRequest
from consultations.support import actions as verbs
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, SupportRequestFactory
from tests.factories.support import PlanStepFactory, SupportPlanFactory

pytestmark = pytest.mark.django_db

PLAN_QUERIES = 9


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def page_of(request: SupportRequest) -> str:
    return reverse("desk-plan", args=[request.reference])


def at(name: str, step: PlanStep) -> str:
    return reverse(name, args=[step.plan.request.reference, step.pk])


@pytest.mark.parametrize("role", ["consultant", "editor", "coordinator", "administrator"])
def test_without_a_plan_the_page_says_what_it_is(log_in: LogIn, role: str) -> None:
    client, _me = log_in(role)
    request = SupportRequestFactory(open=True)
    html = client.get(page_of(request)).content.decode()
    assert "There is no in-depth support yet" in html
    assert "It is the second stage" in html
    assert page_of(request) in client.get(request.get_desk_url()).content.decode()


def test_a_plan_from_its_beginning_to_its_end(log_in: LogIn) -> None:
    client, me = log_in("consultant", name="Eva Malá")
    request = SupportRequestFactory(answered=True)
    where = {"args": [request.reference]}
    response = client.post(reverse("desk-plan-open", **where), {"goal": "Program\x00 obce"}, follow=True)
    assert response.redirect_chain == [(page_of(request), 302)]
    assert "In-depth support has begun." in response.content.decode()
    client.post(
        reverse("desk-plan-add", **where),
        {"what": "Návštěva u vedení", "kind": "visit", "who": me.pk, "due_on": "2020-01-02"},
    )
    step = PlanStep.objects.get()
    html = client.get(page_of(request)).content.decode()
    assert "Program obce" in html
    assert "overdue since 2\u00a0January\u00a02020" in html
    client.post(
        at("desk-step-change", step),
        {"version": 1, "what": "Návštěva obce", "kind": "visit", "who": me.pk, "with_whom": "starosta"},
    )
    moment = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    client.post(
        at("desk-step-finish", step),
        {
            "version": 2, "text": "Domluveno.", "channel": "in_person", "took_place_at": moment,
            "minutes": "90", "place": "Bečov",
        },
    )  # fmt: skip
    html = client.get(page_of(request)).content.decode()
    for expected in ("Návštěva obce", "with starosta", "Domluveno.", "90 min", "Bečov", "Eva Malá", "1:30"):
        assert expected in html
    plan = SupportPlan.objects.get()
    client.post(reverse("desk-plan-close", **where), {"version": plan.version, "result": "reached"})
    html = client.get(page_of(request)).content.decode()
    assert "the goal is reached" in html
    assert "Add a step" not in html
    told = client.get(request.get_desk_url()).content.decode()
    for expected in ("began in-depth support", "Domluveno.", "ended in-depth support", "1:30"):
        assert expected in told
    plan.refresh_from_db()
    client.post(reverse("desk-plan-reopen", **where), {"version": plan.version})
    assert SupportPlan.objects.get().is_open


def test_a_slip_is_undone_on_the_page(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    step = PlanStepFactory()
    client.post(at("desk-step-drop", step), {"version": 1, "reason": "Obec odřekla"})
    html = client.get(page_of(step.plan.request)).content.decode()
    assert "Dropped: Obec odřekla" in html
    client.post(at("desk-step-back", step), {"version": 2})
    step.refresh_from_db()
    assert (step.state, step.reason) == ("planned", "")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"what": "", "kind": "visit"}, "Write what is to be done."),
        ({"what": "Kdo ví", "kind": "dance"}, "dance"),
        ({"what": "Kdo ví", "kind": "visit", "due_on": "soon"}, "soon"),
    ],
)
def test_what_cannot_be_planned_comes_back_whole(log_in: LogIn, sent: dict[str, str], sentence: str) -> None:
    client, me = log_in("consultant")
    plan = SupportPlanFactory()
    response = client.post(
        reverse("desk-plan-add", args=[plan.request.reference]),
        {"who": me.pk, "with_whom": "paní starostka", **sent},
    )
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "paní starostka" in response.content.decode()
    assert not PlanStep.objects.exists()


def test_who_was_late_keeps_what_they_typed(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    step = PlanStepFactory()
    verbs.finish_step(PlanStep.objects.get(pk=step.pk), text="Kolegyně byla rychlejší.", by=UserFactory())
    moment = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    sent = {"version": 1, "text": "Můj zápis.", "channel": "in_person", "took_place_at": moment}
    response = client.post(at("desk-step-finish", step), sent)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Somebody else has changed this meanwhile." in html
    assert "Můj zápis." in html
    assert "Kolegyně byla rychlejší." in html
    again = client.post(at("desk-step-finish", step), {**sent, "version": 2})
    assert again.status_code == 422
    assert "Můj zápis." in again.content.decode()


def test_a_step_belongs_to_its_request(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    step, other = PlanStepFactory(), SupportRequestFactory()
    address = reverse("desk-step-drop", args=[other.reference, step.pk])
    assert client.post(address, {"version": 1, "reason": "A"}).status_code == 404
    assert client.post(reverse("desk-plan-add", args=[other.reference])).status_code == 404
    assert client.get(page_of(step.plan.request).replace("SH-", "SH-9")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same(log_in: LogIn, count: int) -> None:
    client, _me = log_in("consultant")
    plan = SupportPlanFactory()
    for _n in range(count):
        PlanStepFactory(plan=plan, due_on=date(2026, 12, 1))
        verbs.finish_step(PlanStepFactory(plan=plan), text="Hotovo.", minutes=10, by=UserFactory())
    client.get(reverse("about"))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page_of(plan.request)).status_code == 200
    assert len(queries) == PLAN_QUERIES


def test_time_is_added_up_by_person(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    eva, ivo = UserFactory(name="Eva"), UserFactory(name="Ivo")
    request = SupportPlanFactory().request
    ContactFactory(request=request, spoken_by=eva, minutes=50)
    ContactFactory(request=request, spoken_by=eva, minutes=25)
    ContactFactory(request=request, spoken_by=ivo, minutes=5)
    ContactFactory(request=request, spoken_by=ivo)
    facts = client.get(page_of(request)).context["support"].time
    assert [(fact["term"], fact["value"]) for fact in facts] == [
        ("Eva", "1:15"),
        ("Ivo", "0:05"),
        ("All together", "1:20"),
    ]


def test_my_steps_stand_on_the_desk_today(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    late = PlanStepFactory(who=me, what="Zavolat", due_on=timezone.localdate() - timedelta(days=1))
    PlanStepFactory(what="Cizí krok")
    html = client.get(reverse("desk")).content.decode()
    assert f"{page_of(late.plan.request)}#step-{late.pk}" in html
    assert "overdue since" in html
    assert "Cizí krok" not in html
