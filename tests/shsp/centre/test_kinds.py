import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core.audit import entries_of
from shsp.centre import words
from shsp.centre.loading import load
from shsp.models import Banner, Centre, FooterLine, Period

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded():
    load()
    cache.delete(words.KEY)


@pytest.fixture
def client(log_in):
    return log_in("administrator", name="Adam Správce")[0]


def centre(**changed):
    row = Centre.objects.get()
    names = (
        "version", "name_cs", "name_en", "email", "phone", "address", "hours_cs", "hours_en", "data_box",
        "officer_email", "officer_phone",
    )  # fmt: skip
    return {name: getattr(row, name) or "" for name in names} | changed


def saved(client, capture, name, typed, *args):
    with capture(execute=True):
        return client.post(reverse(name, args=args), typed, follow=True)


def test_a_new_number_is_read_by_everybody_at_once_and_can_be_undone(
    client, django_capture_on_commit_callbacks
):
    capture = django_capture_on_commit_callbacks
    typed = centre(phone="234 567 890", hours_cs="út–čt 9–15", hours_en="Tue–Thu 9–15")
    page = saved(client, capture, "desk-centre", typed).content.decode()
    assert "Adam Správce" in page
    for code, hours in (("cs", "út–čt 9–15"), ("en", "Tue–Thu 9–15")):
        with translation.override(code):
            html = Client().get(reverse("about")).content.decode()
        assert "+420 234 567 890" in html
        assert hours in html
    change = entries_of(Centre.objects.get()).last()
    assert change.details["old"]["phone"] == ""
    saved(client, capture, "desk-centre-put-back", {"version": 2}, change.pk)
    assert Centre.objects.get().phone == ""
    assert "234 567 890" not in Client().get(reverse("about")).content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "words_"),
    [
        ("phone", "12", "Napište telefon"),
        ("email", "centrum", "jmeno@domena.cz"),
        ("address", "Praha", "ulici s číslem"),
        ("data_box", "abc", "sedm písmen"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(client, field, typed, words_):
    response = client.post(reverse("desk-centre"), centre(**{field: typed}))
    assert response.status_code == 422
    assert words_ in response.content.decode()


def test_of_two_at_once_the_later_is_told(client):
    late = centre(phone="234567890")
    Centre.objects.update(version=5, phone="+420111222333")
    response = client.post(reverse("desk-centre"), late)
    assert response.status_code == 409
    assert Centre.objects.get().phone == "+420111222333"
    assert client.post(reverse("desk-centre-put-back", args=[987]), {"version": 1}).status_code == 404


@time_machine.travel("2026-11-23 09:05:31+01:00", tick=False)
def test_a_new_banner_is_shown_from_now_unless_somebody_says_otherwise(client):
    assert 'value="2026-11-23T09:05"' in client.get(reverse("desk-banner-new")).content.decode()


def test_a_banner_is_shown_where_it_is_meant_to(client, django_capture_on_commit_callbacks):
    typed = {
        "text_cs": "Linka dnes nejede.", "text_en": "The line is closed today.", "address": "/about/",
        "link_cs": "Kontakty", "link_en": "Contacts", "place": "public", "kind": "warning",
        "starts_at": "2026-01-01T08:00", "ends_at": "",
    }  # fmt: skip
    assert saved(client, django_capture_on_commit_callbacks, "desk-banner-new", typed).status_code == 200
    html = Client().get("/en/about/").content.decode()
    assert 'The line is closed today. <a href="/en/about/">Contacts</a>' in html
    assert "Linka dnes nejede." not in client.get(reverse("desk-keys")).content.decode()
    banner = Banner.objects.get()
    saved(
        client,
        django_capture_on_commit_callbacks,
        "desk-banner-use",
        {"version": 1, "retire": "1"},
        banner.pk,
    )
    assert "closed today" not in Client().get("/en/about/").content.decode()
    wrong = {**typed, "address": "/nowhere/", "link_en": "", "ends_at": "2025-01-01T08:00"}
    response = client.post(reverse("desk-banner-edit", args=[banner.pk]), {**wrong, "version": 2})
    assert set(response.context["form"].errors) == {"address", "ends_at"}
    response = client.post(
        reverse("desk-banner-edit", args=[banner.pk]), {**typed, "link_en": "", "version": 2}
    )
    assert set(response.context["form"].errors) == {"link_en"}


def test_the_footer_is_kept_but_for_what_the_law_wants(client, django_capture_on_commit_callbacks):
    capture = django_capture_on_commit_callbacks
    typed = {"text_cs": "Ministerstvo", "text_en": "The ministry", "address": "https://www.mpsv.cz"}
    saved(client, capture, "desk-footer-line-new", typed)
    line = FooterLine.objects.get(slug="the-ministry")
    saved(client, capture, "desk-footer-line-move", {"up": "1"}, line.pk)
    assert '<a href="https://www.mpsv.cz">Ministerstvo</a>' in Client().get("/cs/about/").content.decode()
    assert [row["text"] for row in words.footer_lines()][-2:] == ["Ministerstvo", "Ochrana osobních údajů"]
    duty = FooterLine.objects.get(slug="privacy")
    saved(client, capture, "desk-footer-line-use", {"version": duty.version, "retire": "1"}, duty.pk)
    assert FooterLine.objects.get(slug="privacy").is_in_use
    assert client.get(reverse("desk-footer-lines")).status_code == 200


def test_a_period_is_known_as_far_as_it_is(client, django_capture_on_commit_callbacks):
    row = Period.objects.get(slug="successor")
    page = client.get(reverse("desk-period-edit", args=[row.pk]))
    assert str(page.context["form"].initial["starts"]) == "2023-01"
    typed = {
        "title_cs": row.title_cs, "title_en": row.title_en, "starts": "2023-01", "ends": "2029", "version": 1,
    }  # fmt: skip
    saved(client, django_capture_on_commit_callbacks, "desk-period-edit", typed, row.pk)
    row.refresh_from_db()
    assert (row.ends_on.year, row.ends_precision, row.phone) == (2029, "year", "")


def test_who_may_not_keep_them_is_refused(log_in):
    for name in ("desk-centre", "desk-banners"):
        assert log_in("consultant")[0].get(reverse(name)).status_code == 403
