"""Tests of the desk's pages of visits: the list, the form in both languages, the buttons."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.permissions import Role
from core.audit.words import history
from tests.factories.attendance import AttendeeFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.visits import HostFactory, StudyVisitFactory, ThemeFactory
from visits.choices import VisitState
from visits.models import StudyVisit
from visits.plans.actions import plans
from visits.plans.forms import VisitForm

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def client(log_in):
    return log_in(Role.EDITOR)[0]


def sent(visit, **typed):
    """Return what the form of a visit sends, some of it typed over."""
    form = VisitForm(visit=visit, initial=VisitForm.initial_of(visit))
    words = {name: form[name].value() for name in form.fields} | typed
    return {name: word for name, word in words.items() if word not in (None, "", [])}


def test_the_list_is_narrowed_by_state_host_and_words_and_sorted(client):
    coming = StudyVisitFactory(open=True, host=HostFactory(slug="bergen", name="Bergen"))
    over = StudyVisitFactory(country_cs="Finsko", country_en="Finland", starts_on=date(2017, 1, 1))

    def shown(query):
        return list(client.get(f"/en/desk/visits/{query}").context["page"].items)

    assert shown("") == [over, coming]
    assert shown("?state=coming") == [coming]
    assert shown("?state=archived") == [over]
    assert shown("?host=bergen") == [coming]
    assert shown("?q=bergen") == [coming]
    assert shown("?q=finsko") == [over]
    assert shown("?q=finland+austria") == []
    assert shown("?sort=-first_day") == [coming, over]
    assert shown("?sort=nonsense&page=99999999&state=nonsense") == [over, coming]
    assert shown("?q=%00") == [over, coming]


def test_a_visit_is_planned_with_the_country_of_its_host(client):
    host, theme = HostFactory(), ThemeFactory()
    response = client.post(
        "/en/desk/visits/new/",
        {
            "title_cs": "Sociální bydlení ve Vídni",
            "host": host.pk,
            "themes": [theme.pk],
            "starts": "5/2027",
            "sign_up_until": "2027-04-01T12:00",
            "quota": "3",
        },
    )

    visit = StudyVisit.objects.get()
    assert response["Location"] == visit.get_desk_url()
    assert (visit.country_en, visit.starts_on, visit.starts_precision) == (
        "Austria",
        date(2027, 5, 1),
        "month",
    )
    # Noon in Prague in summer.
    assert visit.sign_up_until.isoformat() == "2027-04-01T10:00:00+00:00"
    assert list(visit.themes.all()) == [theme]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title_cs": "", "quota": "2"}, "Write a title or a country"),
        ({"title_cs": "A", "quota": "0"}, "Write a whole number from 1 to 50."),
        ({"title_cs": "A", "quota": "2", "starts": "someday"}, "Write a year, a month or a day"),
        (
            {"title_cs": "A", "quota": "2", "starts": "3. 5. 2027", "ends_on": "2027-05-02"},
            "The last day is before the first one.",
        ),
        (
            {"title_cs": "A", "quota": "2", "starts": "3. 5. 2027", "sign_up_until": "2027-05-03T00:00"},
            "Sign-up has to end before the first day.",
        ),
        ({"title_cs": "A", "quota": "2", "sign_up_until": "2027-03-28T02:30"}, "2027-03-28 02:30:00"),
        ({"title_cs": "A", "quota": "2", "host": "987654"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, typed, said):
    response = client.post("/en/desk/visits/new/", {**typed, "goals_cs": "Poznat domy."})
    content = response.content.decode()
    assert response.status_code == 422
    assert said in content
    assert "Poznat domy." in content
    assert not StudyVisit.objects.exists()


def test_the_form_says_that_the_deadline_is_czech_time(client):
    assert "Sign-up until (Czech time)" in client.get("/en/desk/visits/new/").content.decode()


def test_the_form_of_a_shipped_visit_sent_as_it_is_changes_nothing(client):
    figures = [{"text": "Třetina bytů.", "source": "https://example.org/x ; knihovna"}]
    visit = StudyVisitFactory(
        municipalities=[MunicipalityFactory(), MunicipalityFactory()], figures_cs=figures, figures_en=figures,
        starts_on=date(2017, 6, 1), starts_precision="month", is_published=True, participants_cs=["úředníci"],
        places_cs=["Vídeň", "Haag"], quota=2,
    )  # fmt: skip
    visit.themes.add(ThemeFactory())

    page = client.post(reverse("desk-visit-edit", args=[visit.pk]), sent(visit), follow=True)

    assert history(visit) == []
    assert "Nothing was changed." in page.content.decode()


def test_a_shipped_visit_is_corrected_and_the_history_shows_and_undoes_it(client):
    visit, place = StudyVisitFactory(), MunicipalityFactory(name="Kadaň")
    typed = {"participants_count": "14", "municipalities": "Kadaň", "figures_cs": "Třetina bytů. | kniha"}
    client.post(reverse("desk-visit-edit", args=[visit.pk]), sent(visit, **typed))

    visit.refresh_from_db()
    assert (visit.participants_count, list(visit.municipalities.all())) == (14, [place])
    assert visit.figures_cs == [{"text": "Třetina bytů.", "source": "kniha"}]
    content = client.get(f"{visit.get_desk_url()}?tab=history").content.decode()
    assert "<ins>14</ins>" in content
    assert "<ins>Kadaň</ins>" in content

    [change] = history(visit)
    client.post(reverse("desk-visit-put-back", args=[visit.pk, change.entry.pk]), {"version": 2})
    visit.refresh_from_db()
    assert (visit.participants_count, visit.municipalities.count()) == (None, 0)


def test_a_municipality_that_nobody_knows_is_named_in_the_answer(client):
    visit = StudyVisitFactory()
    MunicipalityFactory.create_batch(2, name="Lhota", search_name="lhota")
    typed = {"municipalities": "Kdovíkde\nLhota"}
    content = client.post(reverse("desk-visit-edit", args=[visit.pk]), sent(visit, **typed)).content.decode()
    assert "We do not know a municipality called “Kdovíkde”." in content
    assert "“Lhota” is more than one." in content


@pytest.mark.parametrize("typed", ["Třetina bytů.", "| kniha", "x" * 600 + " | kniha"])
def test_a_figure_without_its_source_is_refused(client, typed):
    visit = StudyVisitFactory()
    response = client.post(reverse("desk-visit-edit", args=[visit.pk]), sent(visit, figures_cs=typed))
    assert response.status_code == 422


def test_a_colleague_who_was_quicker_is_told_of_and_what_was_typed_counts_then(client, log_in):
    visit = StudyVisitFactory()
    typed = sent(visit, organiser="Kraj")
    _other, colleague = log_in(Role.COORDINATOR)
    plans.change(StudyVisit.objects.get(), words={"organiser": "Obec"}, sets={}, version=1, by=colleague)

    response = client.post(reverse("desk-visit-edit", args=[visit.pk]), typed)
    assert response.status_code == 409
    assert "colleague has changed this meanwhile" in response.content.decode()
    client.post(reverse("desk-visit-edit", args=[visit.pk]), {**typed, "version": 2})

    visit.refresh_from_db()
    assert visit.organiser == "Kraj"


def test_a_button_says_why_it_is_off_and_opens_when_nothing_is_lacking(client):
    visit = StudyVisitFactory(planned=True, sign_up_until=None)
    content = client.get(visit.get_desk_url()).content.decode()
    assert "Write until when people can sign up." in content
    address = reverse("desk-visit-go", args=[visit.pk, "open"])
    page = client.post(address, {"version": 1}, follow=True).content.decode()
    assert "Write until when people can sign up." in page

    ready = StudyVisitFactory(planned=True)
    client.post(reverse("desk-visit-go", args=[ready.pk, "open"]), {"version": 1})
    ready.refresh_from_db()
    assert ready.state == VisitState.OPEN


def test_a_visit_is_called_off_on_a_page_of_its_own(client):
    visit = StudyVisitFactory(open=True)
    address = reverse("desk-visit-cancel", args=[visit.pk])
    assert client.post(address, {"reason_cs": "", "version": 1}).status_code == 422
    client.post(address, {"reason_cs": "Hostitel nemá čas.", "version": 1})
    visit.refresh_from_db()
    assert (visit.state, visit.cancel_reason_cs) == (VisitState.CANCELLED, "Hostitel nemá čas.")


def test_the_public_reason_names_nobody_unless_it_is_said_to_be_right(client):
    visit = StudyVisitFactory(open=True)
    person = AttendeeFactory(invitation__visit=visit, name="Jana Cestovatelka")
    address = reverse("desk-visit-cancel", args=[visit.pk])
    typed = {"reason_cs": f"{person.name} onemocněla, volejte 777 123 456.", "version": 1}
    response = client.post(address, typed)
    form = response.context["form"]
    assert (response.status_code, {one.kind for one in form.finds} >= {"name", "phone"}) == (422, True)
    assert "onemocněla" in response.content.decode()
    client.post(address, {**typed, "kept": [one.key for one in form.finds]})
    visit.refresh_from_db()
    assert visit.state == VisitState.CANCELLED


def test_the_page_to_call_off_says_when_it_is_too_late(client):
    visit = StudyVisitFactory()
    content = client.get(reverse("desk-visit-cancel", args=[visit.pk])).content.decode()
    assert "The visit is archived; it cannot be called off." in content


def test_a_copy_leads_to_the_new_visit(client):
    visit = StudyVisitFactory()
    response = client.post(reverse("desk-visit-copy", args=[visit.pk]))
    new = StudyVisit.objects.get(copied_from=visit)
    assert response["Location"] == new.get_desk_url()
    assert visit.name in client.get(new.get_desk_url()).content.decode()
