import copy
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from consultations.models import Audience, Topic
from consultations.requests import loading
from shsp.centre import loading as centre_loading
from shsp.centre import words
from shsp.models import Centre
from tests.factories.consultations import (
    AudienceFactory,
    SummaryEditionFactory,
    SupportRequestFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(log_in):
    return log_in("administrator", name="Adam Správce")[0]


def offered(language="cs"):
    """Return the topics that a visitor can choose on the form to ask."""
    with translation.override(language):
        html = Client().get(reverse("ask")).content.decode()
    select = re.search(r'<select name="topic".*?</select>', html, re.DOTALL)[0]
    return re.findall(r"<option value=\"[^\"]+\"[^>]*>\s*([^<]+?)\s*</option>", select)


def test_an_administrator_keeps_the_centres_words_and_a_release_leaves_them_alone(
    client, monkeypatch, django_capture_on_commit_callbacks
):
    """The whole of it: a new number, a new topic, another one retired, then a newer release."""
    loading.load()
    centre_loading.load()
    cache.delete(words.KEY)
    centre = Centre.objects.get()
    kept = {name: getattr(centre, name) for name in ("name_cs", "name_en", "email", "version")}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("desk-centre"), {**kept, "phone": "234 567 890"})
    typed = {
        "name_cs": "Energetická chudoba", "name_en": "Energy poverty", "description_cs": "Účty za energie.",
        "description_en": "Bills for energy.",
    }  # fmt: skip
    client.post(reverse("desk-topic-new"), typed)
    basics = Topic.objects.get(slug="basics")
    client.post(reverse("desk-topic-use", args=[basics.pk]), {"version": "1", "retire": "1"})
    financing = Topic.objects.get(slug="financing")
    renamed = {
        "name_cs": "Peníze",
        "name_en": "Money",
        "description_cs": "A",
        "description_en": "B",
        "version": 1,
    }
    client.post(reverse("desk-topic-edit", args=[financing.pk]), renamed)

    def seen():
        cache.delete(words.KEY)
        for language, new, old, other in [
            ("cs", "Energetická chudoba", "Základy sociálního bydlení", "Peníze"),
            ("en", "Energy poverty", "Basics of social housing", "Money"),
        ]:
            topics = offered(language)
            assert (new in topics, old in topics, other in topics) == (True, False, True)
            assert "+420 234 567 890" in Client().get(f"/{language}/about/").content.decode()

    seen()
    history = client.get(reverse("desk-topic-edit", args=[financing.pk])).content.decode()
    assert "<del>Financování a dotace</del>" in history
    assert "Adam Správce" in history

    newer = copy.deepcopy(loading.read())
    for topic in newer["request_taxonomy"]:
        topic["name_cs"] += " znovu"
    monkeypatch.setattr(loading, "read", lambda: newer)
    facts = copy.deepcopy(centre_loading.centre_facts())
    facts["contact_centre"]["channels"][1]["value"] = "+420111222333"
    loading.load()
    centre_loading.load(facts)
    seen()
    assert Topic.objects.get(slug="benefits").name_cs.endswith(" znovu")


def test_a_topic_moves_is_retired_and_comes_back(client):
    first, second = TopicFactory(position=1), TopicFactory(position=2)
    client.post(reverse("desk-topic-move", args=[second.pk]), {"up": "1"})
    assert list(Topic.objects.in_use()) == [second, first]
    client.post(reverse("desk-topic-use", args=[first.pk]), {"version": "2", "retire": "1"})
    html = client.get(reverse("desk-topics")).content.decode()
    assert html.count("už se nepoužívá") == 1
    second.refresh_from_db()
    client.post(reverse("desk-topic-use", args=[second.pk]), {"version": second.version, "retire": "1"})
    assert list(Topic.objects.in_use()) == [second]
    client.post(reverse("desk-topic-use", args=[first.pk]), {"version": "3", "take-up": "1"})
    assert set(Topic.objects.in_use()) == {first, second}


def test_what_has_a_retired_topic_keeps_it(client, log_in):
    topic = TopicFactory(name_cs="Staré téma")
    case = SupportRequestFactory(open=True, topic=topic)
    other = SupportRequestFactory(open=True, topic=TopicFactory())
    client.post(reverse("desk-topic-use", args=[topic.pk]), {"version": "1", "retire": "1"})
    consultant = log_in("consultant")[0]
    form = consultant.get(reverse("desk-request-details", args=[case.reference])).context["form"]
    assert topic in form.fields["topic"].queryset
    assert "Staré téma (už se nepoužívá)" in str(form["topic"])
    form = consultant.get(reverse("desk-request-details", args=[other.reference])).context["form"]
    assert topic not in form.fields["topic"].queryset


def test_a_merge_is_confirmed_and_the_old_address_leads_on(client):
    old, new = TopicFactory(slug="old"), TopicFactory(slug="new", name_cs="Nové téma")
    SummaryEditionFactory(published=True, topic=old, question_cs="Jak na to?")
    page = client.get(reverse("desk-topic-merge", args=[old.pk])).content.decode()
    assert "Vydání odpovědí: <strong>1</strong>" in page
    assert client.post(reverse("desk-topic-merge", args=[old.pk]), {"version": 1}).status_code == 422
    client.post(reverse("desk-topic-merge", args=[old.pk]), {"version": 1, "into": new.pk})
    assert client.get(reverse("desk-topic-merge", args=[old.pk])).status_code == 404
    assert "Nové téma" in client.get(reverse("desk-topic-edit", args=[old.pk])).content.decode()
    html = Client().get("/cs/summaries/", {"topic": "old"}).content.decode()
    assert "Jak na to?" in html
    assert Client().get(reverse("ask"), {"topic": "old"}).context["form"]["topic"].value() == "new"


def answers(**query):
    return Client().get("/cs/summaries/", query).content.decode()


def test_whom_answers_are_for_is_added_renamed_and_put_in_order(client):
    AudienceFactory(slug="municipality", name_cs="obce", position=1)
    edition = SummaryEditionFactory(published=True)
    client.post(reverse("desk-audience-new"), {"name_cs": "studenti", "name_en": "Students"})
    students = Audience.objects.get(slug="students")
    client.post(reverse("desk-audience-move", args=[students.pk]), {"up": "1"})
    assert list(Audience.objects.in_use().values_list("slug", flat=True)) == ["students", "municipality"]
    edition.audiences.add(students)
    names = {
        "name_cs": "školy",
        "name_en": "schools",
        "version": Audience.objects.get(pk=students.pk).version,
    }
    page = client.post(reverse("desk-audience-edit", args=[students.pk]), names, follow=True)
    assert "<del>studenti</del>" in page.content.decode()
    assert "školy, obce" in Client().get(edition.document.get_absolute_url()).content.decode()
    assert '<option value="students">školy</option>' in answers()


def test_a_retired_audience_stays_with_its_answers_and_is_offered_no_more(log_in):
    client = log_in("editor")[0]
    old, other = AudienceFactory(slug="owner", name_cs="majitelé"), AudienceFactory()
    had = SummaryEditionFactory(audience="owner", published=True, question_cs="Jak pronajmout?")
    new = SummaryEditionFactory(audience=other.slug)
    client.post(reverse("desk-audience-use", args=[old.pk]), {"version": "1", "retire": "1"})
    assert "majitelé" not in answers()
    page = Client().get(had.document.get_absolute_url()).content.decode()
    assert ("majitelé" in page, "už se nepoužívá" in page) == (True, False)
    draft = SummaryEditionFactory(document=had.document, number=2, audience="owner")
    for edition, is_offered in ((draft, True), (new, False)):
        form = client.get(reverse("desk-summary-edit", args=[edition.document_id])).context["form"]
        assert (old in form.fields["audiences"].queryset) is is_offered
    client.post(reverse("desk-audience-use", args=[other.pk]), {"version": "1", "retire": "1"})
    assert other in Audience.objects.in_use()


def test_audiences_are_merged_and_the_old_address_leads_on(log_in):
    client = log_in("editor")[0]
    old, new = AudienceFactory(slug="citizen"), AudienceFactory(slug="people", name_cs="lidé v nouzi")
    edition = SummaryEditionFactory(audience="citizen", published=True, question_cs="Kam jít?")
    SummaryEditionFactory(published=True, question_cs="Jak založit fond?")
    page = client.get(reverse("desk-audience-merge", args=[old.pk])).content.decode()
    assert "Vydání odpovědí: <strong>1</strong>" in page
    client.post(reverse("desk-audience-merge", args=[old.pk]), {"version": 1, "into": new.pk})
    assert list(edition.audiences.all()) == [new]
    page = answers(audience="citizen")
    assert ("Kam jít?" in page, "Jak založit fond?" in page) == (True, False)
    assert '<option value="people" selected>lidé v nouzi</option>' in page
    source = SupportRequestFactory(answered=True)
    form = client.get(f"{reverse('desk-summary-new')}?request={source.reference}").context["form"]
    assert form["audiences"].value() == ["people"]


def test_editions_are_compared_by_the_names_of_their_audiences(client):
    AudienceFactory(slug="owner", name_cs="majitelé")
    before = SummaryEditionFactory(audience="owner", published=True)
    SummaryEditionFactory(document=before.document, number=2, audience="citizen", change_note_cs="Doplněno")
    page = client.get(reverse("desk-summary-compare", args=[before.document_id, 2])).content.decode()
    assert "majitelé" in page


@pytest.mark.parametrize("name", ["topic", "target-group", "audience"])
def test_only_those_who_keep_the_portal_merge(log_in, name):
    client = log_in("consultant")[0]
    assert client.post(reverse(f"desk-{name}-merge", args=[1]), {"version": 1, "into": 2}).status_code == 403
