"""Citations as people type them: the act and the place, and one row for each."""

import pytest

from core.documents.law.citations import provision_of, provisions_of, taken_apart, touches
from core.documents.law.models import Provision

SOCIAL = "108/2006 Sb."


@pytest.mark.parametrize(
    ("typed", "act", "place"),
    [
        ("§ 33 odst. 2 zákona č. 108/2006 Sb., o sociálních službách", SOCIAL, "§ 33 odst. 2"),
        ("§33 odst.2 z.č.108/2006 Sb.", SOCIAL, "§ 33 odst. 2"),
        ("  §  33  odst. 2   zák. č. 108 / 2006  Sb ", SOCIAL, "§ 33 odst. 2"),
        ("zákon č. 108/2006 Sb., o sociálních službách, § 33 odst. 2", SOCIAL, "§ 33 odst. 2"),
        ("odst. 2 § 33 zákona č. 108/2006 Sb.", SOCIAL, "§ 33 odst. 2"),
        ("§ 33 odst. 2 zákona 108/2006", SOCIAL, "§ 33 odst. 2"),
        ("§ 33 odst. 2 zákona č. 108/2006 Sb., ve znění zákona č. 84/2025 Sb.", SOCIAL, "§ 33 odst. 2"),
        ("§ 33a písm. a) a b) zákona č. 108/2006 Sb.", SOCIAL, "§ 33a písm. a) a b)"),
        ("§ 5 písm c z. č. 108/2006 Sb.", SOCIAL, "§ 5 písm. c)"),
        ("§ 5 odst. 1 věta druhá zákona č. 108/2006 Sb.", SOCIAL, "§ 5 odst. 1 věta druhá"),
        ("§§ 33 - 35 zákona č. 108/2006 Sb.", SOCIAL, "§ 33 až 35"),
        ("§ 33 odst. 1, odst. 3 zákona č. 108/2006 Sb.", SOCIAL, "§ 33 odst. 1, odst. 3"),
        ("Zákon č. 108/2006 Sb., o sociálních službách", SOCIAL, ""),
        ("128/2000 Sb.", "128/2000 Sb.", ""),
        ("§ 2 nařízení vlády č. 595/2006 Sb.", "595/2006 Sb.", "§ 2"),
        ("příloha č. 1 vyhlášky č. 505/2006 Sb.", "505/2006 Sb.", "příloha č. 1"),
        ("čl. 11 odst. 3 usnesení č. 2/1993 Sb.", "2/1993 Sb.", "čl. 11 odst. 3"),
        ("sdělení č. 104/1991 Sb. m. s.", "104/1991 Sb. m. s.", ""),
    ],
)
def test_what_is_understood(typed, act, place):
    assert taken_apart(typed) == (act, place)


@pytest.mark.parametrize(
    "typed",
    [
        "§ 35",
        "Rozsudek NS sp. zn. 22 Cdo 1234/2019",
        "nařízení (EU) 2021/1057",
        "z. č. 108/2006 Sb. a z. č. 111/2006 Sb.",
        "pravidla obce",
    ],
)
def test_what_is_not_understood_is_kept_whole(typed):
    assert taken_apart(typed) == ("", typed)


@pytest.mark.parametrize(
    ("changed", "cited", "is_so"),
    [
        ("", "§ 33", True),
        ("", "", True),
        ("§ 33", "", False),
        ("§ 33", "§ 33 odst. 2", True),
        ("§ 33", "§ 33a", False),
        ("§ 3", "§ 33", False),
        ("§ 33 odst. 2", "§ 33", True),
        ("§ 33 odst. 2", "§ 33 odst. 1", False),
        ("§ 34", "§ 33 až 35", True),
        ("§ 34 odst. 1", "§ 33 až 35", True),
        ("§ 36", "§ 33 až 35", False),
        ("§ 35", "§ 33, 34 a 35", True),
        ("§ 12", "§ 10, § 12", True),
    ],
)
def test_which_places_a_change_touches(changed, cited, is_so):
    assert touches(changed, cited) is is_so


@pytest.mark.django_db
def test_two_spellings_share_one_row_and_the_first_is_its_name():
    first = provision_of("§ 33 zákona č. 108/2006 Sb., o sociálních službách")
    assert provision_of("§33 z.č. 108/2006 Sb.") == first
    assert Provision.objects.get().citation == "§ 33 zákona č. 108/2006 Sb., o sociálních službách"


@pytest.mark.django_db
def test_what_was_merged_leads_to_what_took_its_place():
    old, new = provisions_of(["zákon o službách", "108/2006 Sb."])
    old.merged_into = new
    old.save()
    assert provision_of("zákon o službách") == new


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 12])
def test_rows_are_found_and_made_in_queries_that_do_not_grow(django_assert_num_queries, number):
    citations = [f"§ {place} zákona č. 108/2006 Sb." for place in range(number)]
    with django_assert_num_queries(3):
        rows = provisions_of([*citations, citations[0]])
    assert [row.place for row in rows] == [*(f"§ {place}" for place in range(number)), "§ 0"]
