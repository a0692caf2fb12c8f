"""Sources are numbered as a page is drawn, and said in a reader's words."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString
from django.utils.translation import override

from core.loading import Source
from core.loading.sources import Sources, Told, in_words, name_of

DENIK = "https://chomutovsky.denik.cz/zpravy_region/chomutov-chce-vykupovat-byty-20190314.html"


def draw(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


def test_a_source_met_again_keeps_its_number():
    sources = Sources()
    assert sources.numbers_of(f"{DENIK} ; https://www.brno.cz/byty") == [1, 2]
    assert sources.numbers_of("https://www.brno.cz/byty") == [2]
    assert sources.numbers_of("") == []
    assert [number for number, _told in sources.rows] == [1, 2]


def test_those_of_the_page_go_on_after_those_of_its_text():
    sources = Sources([SafeString("první"), SafeString("druhý")])
    assert sources.numbers_of([Source("ročenka města, 2019")]) == [3]


@pytest.mark.parametrize(
    ("url", "on", "precision"),
    [
        (DENIK, date(2019, 3, 14), "day"),
        ("https://regiorevue.cz/2022/08/19/projekt/", date(2022, 8, 19), "day"),
        ("https://www.idnes.cz/usti/zpravy/byty.A210203_122045_usti", date(2021, 2, 3), "day"),
        ("https://socialnipolitika.eu/2019/09/prirucka/", date(2019, 9, 1), "month"),
        ("https://a.cz/2019/13/40/", None, ""),
        ("https://a.cz/web/190", None, ""),
    ],
)
def test_a_day_is_told_only_where_the_address_tells_it(url, on, precision):
    told = in_words(Source("a.cz", url))
    assert told is not None
    assert (told.on, told.precision) == (on, precision)


def test_a_site_is_called_by_who_speaks_there():
    assert name_of("socialniveci.ostrava.cz") == "Město Ostrava"
    with override("en"):
        assert name_of("ostrava.cz") == "City of Ostrava"
    assert name_of("neznamy.example") == "neznamy.example"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("uložené stránky www.brno.cz", None),
        ("reference knowledge (not seen in a stored page)", None),
        ("ČSÚ, počet obyvatel; poloha: veřejný repozitář x/y", "ČSÚ, počet obyvatel"),
        ("ČSÚ, počet obyvatel (tabulky z veřejného repozitáře x/y)", "ČSÚ, počet obyvatel"),
        ("tabulky počtu obyvatel ČSÚ; výchozí dokument", "tabulky počtu obyvatel ČSÚ"),
        ("ročenka města (strana 4)", "ročenka města (strana 4)"),
    ],
)
def test_how_a_fact_was_gathered_is_no_source_for_a_reader(text, words):
    told = in_words(Source(text))
    assert (told and told.name) == words


def test_an_address_for_machines_leads_to_the_credits():
    url = "https://www.housingevolutions.eu/wp-json/he/v1/project/print?print_id=1545"
    told = in_words(Source("housingevolutions.eu", url))
    assert told == Told("Housing Evolutions", site="housingevolutions.eu", is_for_machines=True)
    sources = Sources()
    sources.numbers_of(url)
    assert '/credits/#addresses">Housing Evolutions</a>' in draw("{% source_list sources %}", sources=sources)


def test_a_mark_leads_to_the_list_and_says_what_it_is():
    page = draw("{% source_marks sources told %}{% source_list sources %}", sources=Sources(), told=DENIK)
    assert '<a class="source-mark" href="#source-1"><span class="visually-hidden">Zdroj </span>1</a>' in page
    assert f'<li id="source-1"><a href="{DENIK}" rel="noreferrer">Deník</a>, <time' in page


def test_a_page_without_sources_has_no_list():
    assert draw("{% source_list sources %}", sources=Sources()).strip() == ""
