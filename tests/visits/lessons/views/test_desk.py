"""The desk proposes lessons, answers after a call, links practices, keeps workshops."""

import pytest
from django.urls import reverse

from tests.factories.attendance import AttendeeFactory
from tests.factories.lessons import OutcomeFactory, ProposalFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.practices import PracticeEditionFactory
from tests.factories.reports import ReportEditionFactory
from visits.models import Proposal, VisitInvitation, Workshop
from visits.models.followup import day_to_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def visit(edition):
    return edition.document.visit


def address_of(visit):
    return reverse("desk-visit-propose", args=[visit.pk])


@pytest.fixture
def typed(wordings, place):
    return {
        "lessons": [row.pk for row in wordings],
        "municipalities": [place.pk],
        "answer_by": day_to_answer().isoformat(),
    }


def test_nothing_is_ticked_beforehand(desk, visit, wordings, place, staff):
    VisitInvitation.objects.create(visit=visit, municipality=place, invited_by=staff)
    page = desk.get(address_of(visit))
    assert [page.context["form"][name].value() for name in ("lessons", "groups", "municipalities")] == [
        None,
        None,
        None,
    ]
    assert " checked" not in page.content.decode().split("<main")[1]


def test_nobody_is_asked_before_it_was_seen_who(desk, visit, wordings, place, typed):
    ProposalFactory(lesson=wordings[0].lesson, municipality=place)
    ProposalFactory(lesson=wordings[1].lesson, municipality=place)
    other = MunicipalityFactory(name="Lipník")
    page = desk.post(address_of(visit), {**typed, "also": other.code})
    assert (page.context["places"], page.context["known"]) == ([other], 1)
    assert Proposal.objects.count() == 2
    html = page.content.decode()
    assert "Zeptáme se 1 obce" in html
    assert "Navrhnout 1 obci" in html
    assert "Co bude veřejné" in html
    changed = desk.post(address_of(visit), {**typed, "also": other.code, "change": "1"})
    assert "Lipník" in changed.context["form"]["also"].value()
    assert Proposal.objects.count() == 2


def test_whole_groups_are_chosen_and_counted(desk, visit, wordings, place, typed, staff):
    went, near = MunicipalityFactory(name="Jela"), MunicipalityFactory(population=900)
    like = MunicipalityFactory(population=1000)
    invitation = VisitInvitation.objects.create(visit=visit, municipality=went, invited_by=staff)
    AttendeeFactory(invitation=invitation, visit=visit, was_there=True)
    VisitInvitation.objects.create(visit=visit, municipality=place, invited_by=staff)
    choices = dict(desk.get(address_of(visit)).context["form"].fields["groups"].choices)
    assert [label[-3:] for label in choices.values()] == ["(2)", "(1)", "(1)"]

    def asked(**chosen):
        page = desk.post(address_of(visit), {**typed, "municipalities": [], **chosen})
        return set(page.context["places"])

    assert asked(groups=["invited"]) == {went, place}
    assert asked(groups=["absent", "pilots"]) == {place}
    assert {near} <= asked(like=like.code)
    assert like not in asked(like=like.code)


def test_the_day_is_one_to_come(desk, visit, wordings, typed):
    page = desk.post(address_of(visit), {**typed, "answer_by": "2020-01-01"})
    assert page.status_code == 422
    assert page.context["form"].errors["answer_by"] == ["Zvolte den, který teprve přijde."]


def test_lessons_are_proposed_and_the_tab_shows_them(desk, visit, wordings, place, typed):
    other = MunicipalityFactory(name="Lipník")
    response = desk.post(address_of(visit), {**typed, "also": other.code, "confirm": "1"})
    assert response.url == f"{visit.get_desk_url()}?tab=lessons"
    assert Proposal.objects.count() == 4
    tab = desk.get(response.url).content.decode()
    assert Proposal.objects.first().get_desk_url() in tab
    assert "nikdo za ni tu nejedná" in tab


def test_nothing_chosen_is_said_on_top(desk, visit, wordings, place):
    response = desk.post(address_of(visit), {"lessons": [], "municipalities": [], "also": ""})
    assert response.status_code == 422
    assert response.context["form"].errors["lessons"] == ["Zaškrtněte poučení."]
    assert response.context["form"].non_field_errors() == ["Vyberte alespoň jednu obec."]


def test_without_a_published_report_there_is_nothing_to_propose(desk):
    draft = ReportEditionFactory()
    assert desk.get(address_of(draft.document.visit)).status_code == 404
    tab = desk.get(f"{draft.document.visit.get_desk_url()}?tab=lessons").content.decode()
    assert "Poučení lze navrhnout, až bude zpráva zveřejněna." in tab


def test_the_desk_answers_for_a_municipality(desk, lessons, place, staff):
    row = ProposalFactory(lesson=lessons[0], municipality=place)
    typed = {"version": 1, "state": "planned", "reason": "Po telefonu: příští rok.", "practice": ""}
    assert desk.post(row.get_desk_url(), typed).url == row.get_desk_url()
    OutcomeFactory(proposal=row)
    came = reverse("desk-lesson-came", args=[row.pk])
    assert desk.post(came, {"came-seen": "", "came-text": "Zatím nic."}).status_code == 302
    page = desk.get(row.get_desk_url())
    assert [one["who"] for one in page.context["history"]] == [staff, staff]
    assert "Zatím nic." in page.content.decode()


def test_a_proposal_is_taken_back(desk, lessons, place):
    row = ProposalFactory(lesson=lessons[0], municipality=place)
    desk.post(reverse("desk-lesson-take-back", args=[row.pk]), {"version": 1})
    assert not Proposal.objects.exists()


def test_a_practice_is_linked_and_both_pages_say_so(desk, lessons, visit, place):
    practice = PracticeEditionFactory(published=True)
    address = reverse("desk-lesson-practice", args=[lessons[0].pk])
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"practice": practice.document_id}).status_code == 302
    ProposalFactory(lesson=lessons[0], municipality=place)
    assert practice.title in desk.get(visit.get_absolute_url()).content.decode()
    read = desk.get(practice.document.get_absolute_url()).content.decode()
    assert "Poučení z cest, která sem vedou" in read
    assert "Byt nejdřív" in read
    assert visit.report.get_absolute_url() in read


def test_the_list_says_what_waits(desk, visit, lessons, place):
    page = desk.get(reverse("desk-lessons"))
    assert page.context["visits"] == [visit]
    row = ProposalFactory(lesson=lessons[0], municipality=place)
    ProposalFactory(lesson=lessons[1], municipality=place)
    OutcomeFactory(proposal=row)
    page = desk.get(reverse("desk-lessons"))
    assert page.context["visits"] == []
    assert len(page.context["rows"]) == 2
    for waiting in ("asked", "phone"):
        assert desk.get(f"{reverse('desk-lessons')}?waiting={waiting}").context["rows"] == [row]
    MembershipFactory(municipality=place)
    assert desk.get(f"{reverse('desk-lessons')}?waiting=phone").context["rows"] == []


def test_a_workshop_is_added_and_stands_on_the_pages_of_its_visits(desk, visit):
    typed = {
        "title_cs": "Co jsme viděli",
        "held_on": "2026-09-01",
        "place_cs": "Brno",
        "visit_slugs": [visit.slug],
    }
    assert desk.post(reverse("desk-workshop-new"), typed).status_code == 302
    workshop = Workshop.objects.get()
    assert list(workshop.visits.all()) == [visit]
    assert "Co jsme viděli" in desk.get(visit.get_absolute_url()).content.decode()
    assert "Co jsme viděli" in desk.get(f"{visit.get_desk_url()}?tab=lessons").content.decode()
    assert "Co jsme viděli" in desk.get(visit.host.get_absolute_url()).content.decode()
    edit = reverse("desk-workshop-edit", args=[workshop.pk])
    assert desk.post(edit, {**typed, "version": 1, "visit_slugs": []}).status_code == 422
    desk.post(reverse("desk-workshop-use", args=[workshop.pk]), {"version": 1, "retire": "1"})
    assert "Co jsme viděli" not in desk.get(visit.get_absolute_url()).content.decode()
