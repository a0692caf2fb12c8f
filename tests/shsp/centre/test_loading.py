import copy

import pytest

from core.loading import Report
from shsp.centre.loading import centre_facts, load
from shsp.models import Centre, FooterLine, Period

pytestmark = pytest.mark.django_db


def test_the_first_edition_is_what_the_portal_ships():
    assert load() == Report(created=9)
    assert load() == Report(unchanged=9)
    centre = Centre.objects.get()
    assert (centre.name_en, centre.phone) == ("Contact Centre for social housing", "")
    successor = Period.objects.get(slug="successor")
    assert (successor.phone, successor.ends_on) == ("+420778455761", None)
    assert FooterLine.objects.count() == 6


def test_a_newer_release_leaves_alone_what_was_changed_here():
    load()
    Centre.objects.update(phone="+420234567890")
    FooterLine.objects.filter(slug="about").update(text_cs="Kdo jsme")
    newer = copy.deepcopy(centre_facts())
    channels = {row["slug"]: row for row in newer["contact_centre"]["channels"]}
    channels["phone"]["value"], channels["email"]["value"] = "+420111222333", "novy@mpsv.cz"
    newer["footer"][2] |= {"text_cs": "O nás", "text_en": "About us"}
    load(newer)
    centre = Centre.objects.get()
    assert (centre.phone, centre.email) == ("+420234567890", "novy@mpsv.cz")
    line = FooterLine.objects.get(slug="about")
    assert (line.text_cs, line.text_en) == ("Kdo jsme", "About us")
