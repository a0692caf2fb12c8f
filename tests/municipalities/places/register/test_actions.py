import unicodedata
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from core import audit, search
from core.search.prefix import plain
from municipalities.models import Municipality, Population, RegisterEdition, Succession
from municipalities.places import loading
from municipalities.places.register import actions
from municipalities.places.register.actions import Upload, apply, prepare
from municipalities.places.register.file import BrokenFile
from tests.factories.municipalities import MunicipalityFactory, RegionFactory
from tests.factories.register import changes, line, table
from tests.municipalities.places.test_loading import few

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    """Three municipalities with their inhabitants in 2024, and a city district that no register holds."""
    names = ("Lipová", "Veselíčko", "Radslavice")
    rows = [
        MunicipalityFactory(code=f"50000{i}", name=name, slug=plain(name), population=900, latitude="49.5",
                            longitude="17.5", population_year=2024)
        for i, name in enumerate(names)
    ]  # fmt: skip
    for row in rows:
        Population.objects.create(municipality=row, year=2024, value=900)
    MunicipalityFactory(code="547361", lau2_code="554782", name="Praha 14", population=46000)
    return rows


def everything():
    """Return all that an import could touch."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Municipality, Population, Succession, RegisterEdition, search.PublicEntry)
    ] + [audit.AuditEntry.objects.count()]


def merged(places, **options):
    """Return an import in which the last of the places became a part of the first."""
    first, second, last = places
    told = changes(f"2025-01-01,merged,{last.code},{first.code},Sbírka zákonů 1/2025")
    return Upload(table(line(first, 1800), line(second, 910)), told, allow_fewer=True, **options)


def faults(upload):
    with pytest.raises(BrokenFile) as broken:
        apply(upload)
    return [str(fault) for fault in broken.value.faults]


@pytest.mark.parametrize(
    "written",
    [
        lambda text: unicodedata.normalize("NFD", text).encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(" ", "\N{NO-BREAK SPACE}").encode(),
    ],
)
def test_names_written_by_another_program_are_the_same_names(places, written):
    first, second, last = places
    Municipality.objects.filter(pk=last.pk).update(name="Lipová u Přerova")
    last.refresh_from_db()
    text = table(line(first, 900), line(second, 900), line(last, 900), years=(2024,)).decode()
    plan = prepare(Upload(written(text)))
    assert (plan.renamed, plan.places, plan.moved) == ([], {}, [])


def test_a_preview_tells_what_would_change_and_writes_nothing(places):
    first, second, last = places
    north = RegionFactory(nuts3="CZ072", slug="zlinsky-kraj", name_cs="Zlínský kraj", name_en="Zlín Region")
    new = MunicipalityFactory.build(code="500009", name="Nová Obec", region=north, district_code="CZ0724")
    before = everything()
    upload = Upload(
        table(
            line(first, 1000, name="Lipová u Přerova"),
            line(second, 900, district_code="CZ0724", district="Zlín", nuts3="CZ072", region="Zlínský kraj"),
            line(last, 450),
            line(new, 30, district="Zlín"),
        )
    )
    plan = prepare(upload)
    assert [row.name for row in plan.new] == ["Nová Obec"]
    assert plan.renamed == [("500000", "Lipová", "Lipová u Přerova")]
    assert plan.moved == [("Veselíčko", "Přerov", "Zlín")]
    assert plan.sums == (2700, 2380)
    assert plan.jumps[0] == ("Radslavice", 900, 450)
    assert everything() == before


def test_an_import_writes_what_the_preview_told(places):
    first, second, last = places
    new = MunicipalityFactory.build(code="500009", name="Lipová", region=first.region, district_code="CZ0714")
    apply(
        Upload(
            table(line(first, 1000, name="Lipová nová"), line(second, 905), line(last, 890), line(new, 30)),
            source="ČSÚ, 2025",
        )
    )
    first.refresh_from_db()
    assert (first.name, first.search_name, first.slug) == ("Lipová nová", "lipova nova", "lipova")
    assert (first.population, first.population_year) == (1000, 2025)
    assert list(first.populations.order_by("year").values_list("year", "value")) == [
        (2024, 900),
        (2025, 1000),
    ]
    made = Municipality.objects.get(code="500009")
    assert (made.slug, made.population, made.source_cs, made.is_pilot) == (
        "lipova-prerov",
        30,
        "ČSÚ, 2025",
        False,
    )
    assert RegisterEdition.objects.values_list("year", "source").get() == (2025, "ČSÚ, 2025")
    assert search.find("lipova nova", scope="public").hits[0].title == "Lipová nová"
    entry = audit.AuditEntry.objects.get(verb="import_register")
    assert entry.details == {"year": 2025, "new": 1, "gone": 0, "renamed": 1, "moved": 0, "populations": 4}


def test_the_same_file_again_changes_nothing(places):
    apply(merged(places))
    before = everything()
    assert apply(merged(places)).is_empty
    assert apply(replace(merged(places), changes=None)).is_empty
    assert everything() == before


def test_districts_of_prague_and_pilots_keep_what_the_register_does_not_tell(places):
    district = Municipality.objects.get(code="547361")
    Municipality.objects.filter(pk=places[0].pk).update(
        is_pilot=True, website="https://www.lipova.cz", kind="town"
    )
    apply(merged(places))
    assert Municipality.objects.get(pk=district.pk).population == 46000
    pilot = Municipality.objects.get(pk=places[0].pk)
    assert (pilot.is_pilot, pilot.website, pilot.kind) == (True, "https://www.lipova.cz", "town")


def test_a_city_district_is_no_line_of_the_register(places):
    district = Municipality.objects.get(code="547361")
    assert faults(Upload(table(*(line(row, 900) for row in [*places, district])))) == [
        "line 5: 547361 is the city district Praha 14"
    ]


def test_what_is_gone_must_be_explained(places):
    upload = replace(merged(places), changes=None)
    before = everything()
    assert faults(upload) == [
        "gone from the file: 500002 Radslavice (Přerov)",
        "say in --changes what became of each",
    ]
    assert everything() == before


def test_a_merged_municipality_keeps_its_row_and_points_to_its_successor(places):
    apply(merged(places))
    last = Municipality.objects.get(pk=places[2].pk)
    assert (last.dissolved_on, last.slug, last.population) == (date(2025, 1, 1), "radslavice", 900)
    row = Succession.objects.get()
    assert (row.before_id, row.after_id, row.fate) == (last.pk, places[0].pk, "merged")
    assert (row.on, row.source) == (date(2025, 1, 1), "Sbírka zákonů 1/2025")
    hit = search.find("radslavice", scope="public").hits[0]
    assert hit.lead == "Přerov, Olomoucký kraj, do 1. ledna 2025"


def test_one_that_comes_back_is_a_municipality_again(places):
    apply(merged(places))
    apply(Upload(table(*(line(row, 901) for row in places))))
    assert not Municipality.objects.exclude(dissolved_on=None).exists()
    assert not Succession.objects.exists()


def test_a_split_leaves_the_old_one_and_makes_the_new_one(places):
    first = places[0]
    new = MunicipalityFactory.build(
        code="500009", name="Nová Obec", region=first.region, district_code="CZ0714"
    )
    told = changes(f"2025-01-01,split,{first.code},500009,Rozhodnutí kraje")
    apply(Upload(table(*(line(row, 900) for row in [*places, new])), told))
    row = Succession.objects.select_related("before", "after").get()
    assert (row.before.dissolved_on, row.after.name, row.fate) == (None, "Nová Obec", "split")


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ("2025-01-01,eaten,500002,500000,x", "line 2: fate 'eaten' is none of merged, split"),
        ("1. 1. 2025,merged,500002,500000,x", "line 2: on '1. 1. 2025' is no day up to 2025-01-01"),
        ("2025-06-01,merged,500002,500000,x", "line 2: on '2025-06-01' is no day up to 2025-01-01"),
        ("2025-01-01,merged,999999,500000,x", "line 2: before '999999' is no municipality that the portal"),
        ("2025-01-01,merged,500001,500000,x", "line 2: before 500001 (Veselíčko) is still in the new reg"),
        ("2025-01-01,split,500002,500000,x", "line 2: before 500002 (Radslavice) is gone; write what be"),
        ("2025-01-01,merged,500002,500002,x", "line 2: before and after are the same"),
        ("2025-01-01,merged,500002,500000,", "line 2: source is empty"),
        ("2025-01-01,merged,500002", "line 2: has 3 values, the first line has 5 columns"),
    ],
)  # fmt: skip
def test_a_wrong_explanation_is_refused_with_its_line(places, told, fault):
    told = faults(replace(merged(places), changes=changes(told)))
    assert [text for text in told if text.startswith(fault)] != []
    assert not RegisterEdition.objects.exists()


def test_one_municipality_ends_on_one_day_only(places):
    told = changes("2025-01-01,merged,500002,500000,x", "2024-12-31,merged,500002,500001,x")
    assert faults(replace(merged(places), changes=told)) == [
        "line 3: lets 500002 end on another day than the lines before"
    ]


def test_far_fewer_municipalities_are_refused_unless_told(places):
    assert faults(replace(merged(places), allow_fewer=False)) == [
        "the file has 2 municipalities, the portal 3; if that is right, say --allow-fewer"
    ]


def test_each_municipality_has_its_number_of_the_year(places):
    rows = [line(row, 900, 900) for row in places[:2]]
    assert faults(Upload(table(*rows, line(places[2], 900, ""), years=(2024, 2025)))) == [
        "line 4: population_2025 of Radslavice is empty"
    ]


def test_the_year_that_is_said_must_be_the_files(places):
    upload = Upload(table(*(line(row, 900) for row in places)), year=2024)
    assert faults(upload) == ["line 1: the newest column is population_2025, so the file is not of 2024"]


def test_an_older_year_only_adds_inhabitants(places):
    stranger = MunicipalityFactory.build(
        code="500009", name="Zaniklá", region=places[0].region, district_code="CZ0714"
    )
    rows = [line(places[0], 800, name="Stará Lipová"), line(places[1], 800), line(stranger, 9)]
    plan = apply(Upload(table(*rows, years=(2020,))))
    assert [row.name for row in plan.unknown] == ["Zaniklá"]
    first = Municipality.objects.get(pk=places[0].pk)
    assert (first.name, first.population, first.population_year) == ("Lipová", 900, 2024)
    assert first.populations.get(year=2020).value == 800
    assert not Municipality.objects.exclude(dissolved_on=None).exists()


def test_a_fault_in_the_middle_leaves_all_as_it_was(places, monkeypatch):
    def fails(*_arguments):
        raise IntegrityError("in the middle")

    monkeypatch.setattr(actions, "_write_ends", fails)
    before = everything()
    with pytest.raises(IntegrityError):
        apply(merged(places))
    assert everything() == before


def test_it_costs_the_same_for_two_and_for_all(places, django_assert_num_queries):
    with django_assert_num_queries(7):
        prepare(merged(places))
    with django_assert_num_queries(7):
        prepare(Upload(table(*(line(row, 900) for row in places))))


def test_loading_what_the_portal_ships_does_not_undo_an_import():
    data = few()
    loading.load(data)
    places = list(Municipality.objects.exclude(code__in=["500186", "547361"]).select_related("region"))
    gone = next(row for row in places if row.code == "500020")
    kept = [row for row in places if row != gone]
    lines = [line(row, 7, 55, **({"name": "Želechovice"} if row.code == "500011" else {})) for row in kept]
    told = changes(f"2025-01-01,merged,500020,{kept[0].code},Sbírka zákonů")
    apply(Upload(table(*lines, years=(2024, 2025)), told, allow_fewer=True))
    before = everything()

    for _time in range(2):
        report = loading.load(data)
        assert (report.created, report.updated) == (0, 0)

    assert everything() == before
    assert Municipality.objects.get(code="500011").name == "Želechovice"
    Population.objects.filter(year=2018, municipality=gone).delete()
    assert loading.load(data).created == 1


# The command


@pytest.fixture
def run(tmp_path):
    """Run the command with the bytes of its files, and return what it prints."""

    def run(upload, *options):
        (tmp_path / "register.csv").write_bytes(upload.register)
        if upload.changes is not None:
            (tmp_path / "changes.csv").write_bytes(upload.changes)
            options = (*options, "--changes", str(tmp_path / "changes.csv"))
        out = StringIO()
        call_command("import_register", str(tmp_path / "register.csv"), *options, stdout=out)
        return out.getvalue()

    return run


def test_the_command_shows_first_and_writes_only_when_told(places, run):
    shown = run(merged(places), "--allow-fewer")
    assert "gone: 1\n  500002 Radslavice (Přerov) on 2025-01-01" in shown
    assert "  Lipová: 900 → 1800 (+100.0 %)" in shown
    assert "run it again with --apply" in shown
    assert not RegisterEdition.objects.exists()
    assert "Done" in run(merged(places), "--allow-fewer", "--apply")
    assert "Nothing would change." in run(merged(places), "--allow-fewer")
    assert "Nothing to change." in run(merged(places), "--allow-fewer", "--apply")


def test_the_command_lists_so_many_and_counts_the_rest(places, run):
    new = [
        MunicipalityFactory.build(code=f"60{i:04}", region=places[0].region, district_code="CZ0714")
        for i in range(25)
    ]
    shown = run(Upload(table(*(line(row, 900) for row in places + new))))
    assert "new: 25\n" in shown
    assert "  … and 5 more\n" in shown


def test_the_command_refuses_a_broken_file_with_its_lines(places, run):
    bad = Upload(table(*(line(row, "x") for row in places)))
    with pytest.raises(CommandError, match="line 3: population_2025 'x' is not a whole number"):
        run(bad, "--apply")


def test_the_command_says_when_there_is_no_file(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_register", str(tmp_path / "nothing.csv"))
