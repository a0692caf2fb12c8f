import pytest
from django import forms
from django.urls import reverse
from django.utils import translation

from municipalities.models import Municipality
from municipalities.places import picker
from tests.factories.municipalities import MunicipalityFactory, RegionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    south = RegionFactory(
        nuts3="CZ031", slug="jihocesky-kraj", name_cs="Jihočeský kraj", name_en="South Bohemian Region"
    )
    return {
        "pilot": MunicipalityFactory(code="520420", slug="veselicko", name="Veselíčko", pilot=True),
        "other": MunicipalityFactory(
            code="549975",
            slug="veselicko-pisek",
            name="Veselíčko",
            district="Písek",
            region=south,
            population=215,
        ),
        "bigger": MunicipalityFactory(code="500002", slug="veseli", name="Veselí", population=11000),
        "city": MunicipalityFactory(
            code="554791", slug="plzen", name="Plzeň", name_en="Pilsen", search_name_en="pilsen", pilot=True
        ),
    }


class Form(forms.Form):
    municipality = picker.MunicipalityField()


class OptionalForm(forms.Form):
    municipality = picker.MunicipalityField(required=False)


def chosen(text):
    form = Form({"municipality": text})
    return form.cleaned_data["municipality"] if form.is_valid() else None


@pytest.mark.parametrize("words", ["vesel", "VESEL", "Vesel", "veselí", "veseli"])
def test_offers_put_the_pilot_first_and_then_the_biggest(places, words):
    offers = picker.offers(words)
    assert offers == [places["pilot"], places["bigger"], places["other"]]


def test_offers_know_the_english_name(places):
    assert picker.offers("pils") == [places["city"]]


@pytest.mark.parametrize("words", ["", "v", "%", "zzz"])
def test_nothing_is_offered_for_too_little_or_unknown(places, words):
    assert picker.offers(words) == []


def test_at_most_twelve_are_offered():
    for number in range(14):
        MunicipalityFactory(name="Nová Ves", district=f"Okres {number}")
    assert len(picker.offers("nova")) == 12


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("549975", "other"),
        ("520420", "pilot"),
        ("Veselíčko (Písek, Jihočeský kraj)", "other"),
        ("Veselíčko (Písek, South Bohemian Region)", "other"),
        ("veselicko, prerov", "pilot"),
        ("veselicko-pisek", "other"),
        ("Plzeň", "city"),
        ("plzen", "city"),
        ("Pilsen", "city"),
        (" Veselí ", "bigger"),
    ],
)
def test_a_text_that_tells_which_one_is_taken(places, text, key):
    assert chosen(text) == places[key]


@pytest.fixture
def cities():
    """Return the number of each of some places under its name, and of some that are called much alike."""
    names = [
        "Most", "Mostek", "Město Albrechtice", "Albrechtice", "Ústí nad Labem", "Ústí nad Orlicí", "Ústí",
        "Karlovy Vary", "Karlovice", "Praha 14", "Praha", "Svatý Jan", "Jablonec nad Nisou",
    ]  # fmt: skip
    codes = {name: str(560001 + number) for number, name in enumerate(names)}
    for name, code in codes.items():
        MunicipalityFactory(name=name, code=code)
    Municipality.objects.filter(name="Praha 14").update(search_name_en="prague 14")
    return codes


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("statutární město Most", "Most"),
        ("Statutární  Město Most", "Most"),
        ("město Most", "Most"),
        ("City of Most", "Most"),
        ("obec Karlovice", "Karlovice"),
        ("Město Albrechtice", "Město Albrechtice"),
        ("město Město Albrechtice", "Město Albrechtice"),
        ("obec Albrechtice", "Albrechtice"),
        ("hlavní město Praha", "Praha"),
        ("Ústí n. L.", "Ústí nad Labem"),
        ("Usti n.L.", "Ústí nad Labem"),
        ("Ústí n/L", "Ústí nad Labem"),
        ("Ústí nad Lab.", "Ústí nad Labem"),
        ("K. Vary", "Karlovy Vary"),
        ("sv. Jan", "Svatý Jan"),
        ("Jablonec n. N. (Přerov, Olomoucký kraj)", "Jablonec nad Nisou"),
        ("Praha XIV", "Praha 14"),
        ("MČ Praha XIV", "Praha 14"),
        ("Městská část Praha 14", "Praha 14"),
        ("Prague XIV", "Praha 14"),
        ("560 001", "Most"),
        ("560001", "Most"),
    ],
)
def test_a_place_is_known_as_people_write_it(cities, text, name):
    assert chosen(text).name == name


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("statutární město mos", {"Most", "Mostek"}),
        ("město alb", {"Město Albrechtice", "Albrechtice"}),
        ("ústí n. l", {"Ústí nad Labem"}),
        ("k. va", {"Karlovy Vary"}),
        ("praha xiv", {"Praha 14"}),
        ("56001", {"Praha 14", "Praha", "Svatý Jan", "Jablonec nad Nisou"}),
        ("[.", set()),
        ("5. 6", set()),
        ("statutární město ", set()),
    ],
)
def test_offers_know_a_place_as_people_write_it(cities, words, names):
    assert {row.name for row in picker.offers(words)} == names


def test_what_the_field_shows_is_understood_again_in_both_languages(places):
    for language in ("cs", "en"):
        with translation.override(language):
            for place in places.values():
                row = Municipality.objects.select_related("region").get(pk=place.pk)
                assert chosen(row.full_name) == place


def test_the_capital_is_named_once_and_understood_in_both_languages():
    region = RegionFactory(
        nuts3="CZ010", slug="praha", name_cs="Hlavní město Praha", name_en="Prague, the Capital City"
    )
    district = MunicipalityFactory(name="Praha 7", district="Praha", region=region)
    assert district.full_name == "Praha 7 (Hlavní město Praha)"
    with translation.override("en"):
        assert district.full_name == "Praha 7 (Prague, the Capital City)"
        assert chosen(district.full_name) == district
    assert chosen("Praha 7 (Praha, Hlavní město Praha)") == district


def test_a_name_of_several_asks_which_one(places):
    form = Form({"municipality": "veselicko"})
    assert form.errors.as_data()["municipality"][0].code == "several"
    assert form["municipality"].field.candidates == [places["pilot"], places["other"]]


def test_the_beginning_of_a_name_offers_a_choice(places):
    form = Form({"municipality": "plz"})
    assert form.errors.as_data()["municipality"][0].code == "similar"
    assert form["municipality"].field.candidates == [places["city"]]


def test_an_unknown_name_says_so_and_keeps_what_was_typed(places):
    form = Form({"municipality": "Nikdekov"})
    assert form.errors.as_data()["municipality"][0].code == "unknown"
    assert form["municipality"].field.candidates == []
    assert form["municipality"].value() == "Nikdekov"


def test_names_that_differ_by_diacritics_alone_are_told_apart_by_them():
    plain_one, marked_one = MunicipalityFactory(name="Luka"), MunicipalityFactory(name="Luká")
    assert chosen("Luká") == marked_one
    form = Form({"municipality": "Luka"})
    assert not form.is_valid()
    assert set(form["municipality"].field.candidates) == {plain_one, marked_one}


def test_two_of_one_name_in_one_district_are_told_apart_by_code():
    twins = [
        MunicipalityFactory(code=code, slug=f"brezina-{code}", name="Březina")
        for code in ("582794", "513067")
    ]
    assert twins[0].full_name == "Březina (Přerov, Olomoucký kraj, 582794)"
    assert chosen(twins[1].full_name) == twins[1]


def test_one_form_does_not_see_the_candidates_of_another(places):
    Form({"municipality": "veselicko"}).is_valid()
    assert Form()["municipality"].field.candidates == []


def test_an_optional_field_may_stay_empty(places):
    form = OptionalForm({"municipality": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"municipality": None}


def test_a_chosen_code_is_shown_as_a_full_name(places):
    assert Form({"municipality": "549975"})["municipality"].value() == "Veselíčko (Písek, Jihočeský kraj)"
    assert (
        Form(initial={"municipality": places["other"]})["municipality"].value().startswith("Veselíčko (Písek")
    )


def test_the_options_are_list_items_with_code_district_and_region(client, places):
    page = client.get(reverse("municipality-options"), {"q": "vesel"}).content.decode()
    assert page.count('role="option"') == 3
    assert 'data-value="549975" data-text="Veselíčko (Písek, Jihočeský kraj)"' in page
    assert page.index("520420") < page.index("500002") < page.index("549975")


def test_the_options_of_nothing_are_nothing(client, places):
    for words in ("", "x" * 500, "\x00"):
        assert (
            'role="option"' not in client.get(reverse("municipality-options"), {"q": words}).content.decode()
        )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_options_cost_one_query(client, django_assert_num_queries, rows):
    for number in range(rows):
        MunicipalityFactory(name=f"Lhota {number}")
    with django_assert_num_queries(1):
        client.get(reverse("municipality-options"), {"q": "lho"})
