"""Bringing in a table: first it is shown, then one button does it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from municipalities.models import Office
from tests.factories.municipalities import MunicipalityFactory, OfficeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

PAGE = "/en/desk/offices/import/"
HEAD = "kód obce;druh;název úřadu;adresa\n"
LINE = "595209;social;Sociální odbor Žďár;Žižkova 227\n"


@pytest.fixture
def client(log_in) -> Client:
    MunicipalityFactory(code="595209", name="Žďár nad Sázavou")
    return log_in("editor")[0]


def sent(text: str, **more: str) -> dict[str, object]:
    table = SimpleUploadedFile("úřady.csv", text.encode("cp1250"), content_type="text/csv")
    return {"file": table, "source": "dopis", "on": timezone.localdate().isoformat(), **more}


def hidden(page: str) -> dict[str, str]:
    """Return what the form of a page carries along."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_table_is_shown_first_and_written_by_one_button(client):
    page = client.post(PAGE, sent(HEAD + LINE))
    assert (page.status_code, Office.objects.exists()) == (200, False)
    assert "Sociální odbor Žďár" in page.text
    answer = client.post(PAGE, hidden(page.text))
    assert (answer.status_code, answer["Location"]) == (302, "/en/desk/offices/")
    assert (Office.objects.get().address, Office.objects.get().source) == ("Žižkova 227", "dopis")


def test_wrong_lines_are_listed_and_the_button_is_off(client):
    page = client.post(PAGE, sent(HEAD + LINE + "1;social;X;\n"))
    assert "No municipality has the code" in page.text
    assert "The file has lines that are wrong." in page.text
    assert client.post(PAGE, hidden(page.text)).status_code == 422
    assert not Office.objects.exists()


def test_a_file_that_cannot_be_read_says_why(client):
    page = client.post(PAGE, sent("fax;tel\n1;2\n"))
    assert page.status_code == 422
    assert "The column “fax” is unknown. Remove it." in page.text
    assert 'value="dopis"' in page.text


def test_source_and_day_are_asked_for_and_the_file_is_kept(client):
    page = client.post(PAGE, sent(HEAD + LINE, source="", on="2999-01-01"))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"source", "on"}
    again = {**hidden(page.text), "source": "dopis", "on": "2026-11-01"}
    assert "Sociální odbor Žďár" in client.post(PAGE, again).text


def test_changes_are_told_old_and_new(client):
    office = OfficeFactory(
        kind="social", name="Sociální odbor Žďár", address="Doležalovo náměstí 1", municipality__code="595210"
    )
    page = client.post(PAGE, sent(HEAD + LINE.replace("595209", "595210")))
    assert "<del>Doležalovo náměstí 1</del>" in page.text
    assert "<ins>Žižkova 227</ins>" in page.text
    Office.objects.filter(pk=office.pk).update(address="jinde", version=2)
    late = client.post(PAGE, hidden(page.text))
    assert late.status_code == 422
    assert "<del>jinde</del>" in late.text
    client.post(PAGE, hidden(late.text))
    office.refresh_from_db()
    assert office.address == "Žižkova 227"


def test_an_empty_table_is_given_away(client):
    text = b"".join(client.get(f"{PAGE}template/").streaming_content).decode("utf-8-sig")
    assert text.startswith("Municipality code;Kind;Name of the office;Address;Phone;")
