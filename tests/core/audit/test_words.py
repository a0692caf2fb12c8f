from datetime import UTC, datetime

import pytest
from django.utils import translation

from core.audit import entries_of, words
from core.states import Conflict
from shsp.models import Banner, FooterLine
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.visits import HostFactory, StudyVisitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return UserFactory(role="editor", name="Eva Malá")


@pytest.fixture
def line(editor):
    row = FooterLine(slug="mail", text_cs="Pište nám", text_en="Write to us")
    words.add(row, by=editor)
    return row


def test_what_was_changed_is_told_with_the_words_before(line, editor):
    assert words.change(line, {"text_cs": "Napište nám", "text_en": "Write to us"}, by=editor)
    line.refresh_from_db()
    assert (line.text_cs, line.version) == ("Napište nám", 2)
    newest, first = words.history(line)
    assert (newest.actor, newest.is_change, first.is_change) == ("Eva Malá", True, False)
    with translation.override("en"):
        [word] = words.history(line)[0].words
    assert word == {
        "name": "text_cs",
        "label": "Words of the line in Czech",
        "old": "Pište nám",
        "new": "Napište nám",
    }


def test_the_same_words_are_no_change(line, editor):
    assert not words.change(line, {"text_cs": "Pište nám"}, by=editor)
    assert (line.version, entries_of(line).count()) == (1, 1)


def test_of_two_at_once_one_wins(line, editor):
    late = FooterLine.objects.get()
    words.change(line, {"text_cs": "A"}, by=editor)
    with pytest.raises(Conflict):
        words.change(late, {"text_cs": "B"}, by=editor)
    assert FooterLine.objects.get().text_cs == "A"


def test_a_moment_and_a_choice_are_told_as_people_read_them(editor):
    begun, later = datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 2, tzinfo=UTC)
    banner = Banner(text_cs="A", text_en="A", starts_at=begun, place="desk")
    words.add(banner, by=editor)
    words.change(banner, {"starts_at": later, "place": "my"}, by=None)
    with translation.override("en"):
        newest = words.history(banner)[0]
    assert newest.actor == ""
    assert [word["old"] for word in newest.words] == ["at the desk", begun]
    words.put_back(banner, newest.entry, by=None)
    banner.refresh_from_db()
    assert (banner.starts_at, banner.place) == (begun, "desk")


def test_a_line_moves_among_those_in_use(editor):
    rows = [FooterLine(slug=name, text_cs=name, position=5) for name in "abcd"]
    for row in rows:
        words.add(row, by=editor)
    words.set_in_use(rows[1], in_use=False, by=editor)
    words.move(rows[2], up=True, by=editor)
    order = FooterLine.objects.in_use().values_list("slug", flat=True)
    assert list(order) == ["c", "a", "d"]
    words.move(FooterLine.objects.get(slug="c"), up=True, by=editor)
    words.move(FooterLine.objects.get(slug="c"), up=False, by=editor)
    assert list(order.all()) == ["a", "c", "d"]
    assert not FooterLine.objects.get(slug="b").is_in_use
    words.set_in_use(FooterLine.objects.get(slug="b"), in_use=True, by=editor)
    assert [change.done for change in words.history(rows[1])] == [
        "vzal(a) znovu do seznamu",
        "vyřadil(a)",
        "přidal(a)",
    ]


def test_a_name_for_addresses_is_free():
    FooterLine.objects.create(slug="cena-bydleni")
    assert words.free_slug(FooterLine, "Cena bydlení") == "cena-bydleni-2"
    assert words.free_slug(FooterLine, "?") == "footerline"


@pytest.fixture
def visit(db):
    return StudyVisitFactory(municipalities=[MunicipalityFactory(name="Most")])


def test_rows_of_a_field_of_many_are_told_by_name_and_put_back(visit, editor):
    before = list(visit.municipalities.all())
    other, host = MunicipalityFactory(name="Kadaň"), HostFactory(name="Emmaus")

    words.change(visit, {"host_id": host.pk}, by=editor, sets={"municipalities": [other]})

    [change] = words.history(visit)
    told = {word["name"]: (word["old"], word["new"]) for word in change.words}
    assert told["municipalities"] == (str(before[0]), str(other))
    assert told["host_id"][1] == "Emmaus"
    words.put_back(visit, change.entry, by=editor)
    visit.refresh_from_db()
    assert list(visit.municipalities.all()) == before
    assert visit.version == 3


def test_rows_that_are_the_same_in_another_order_are_no_change(visit):
    both = [*visit.municipalities.all(), MunicipalityFactory()]
    visit.municipalities.set(both)
    assert not words.change(visit, {}, by=None, sets={"municipalities": reversed(both)})


def test_what_is_no_longer_there_is_not_put_back(visit):
    gone = MunicipalityFactory()
    words.change(visit, {}, by=None, sets={"municipalities": [gone]})
    words.change(visit, {}, by=None, sets={"municipalities": []})
    pk = gone.pk
    gone.delete()
    [newest, _first] = words.history(visit)
    assert newest.entry.details["old"] == {"municipalities": [pk]}
    words.put_back(visit, newest.entry, by=None)
    assert list(visit.municipalities.all()) == []
