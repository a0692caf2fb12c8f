"""Names of people in a text: of those who are known, and of others who are called by name there."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import lru_cache

from core.detector import first_names
from core.detector.inflection import NameForms, fold, forms_of, words_of

Span = tuple[int, int]


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _each(
    "pan pana pani panu panem panove panum slecna slecny slecne slecnu slecnou mr mrs ms miss dr mgr ing"
    " arch bc judr mudr phdr rndr paeddr thdr mvdr phmr mga bca prof doc csc drsc ph phd dis mba llm st ml"
    " p"
)
# Names that are words of every day, too; none of them is a name wherever it stands.
_COMMON = _each(
    # Adjectives.
    " maly mala velky velka vesely vesela cerny cerna bily bila cerveny cervena zeleny zelena modry modra"
    " zluty zluta sedy seda hnedy hneda zlaty zlata stribrny stribrna novy nova stary stara mlady mlada"
    " dlouhy dlouha kratky kratka vysoky vysoka nizky nizka siroky siroka hluboky hluboka tichy ticha"
    " hlasity smutny smutna stastny stastna hruby hruba hladky hladka tvrdy tvrda mekky suchy sucha mokry"
    " mokra studeny studena teply tepla horky horka sladky sladka kysely kysela slany cisty cista spinavy"
    " pokorny pokorna moudry moudra chytry hloupy rychly rychla silny silna slaby slaba zdravy zdrava"
    " nemocny slepy slepa hluchy hlucha nemy holy hola bosy chudy chuda bohaty bohata drahy draha levny"
    " pevny pevna volny volna rovny rovna krivy kriva kulaty kulata cely cela kusy prazny plny lesni horni"
    " dolni predni zadni posledni prvni jarni zimni letni polni vodni krasny krasna hezky hezka skaredy"
    " dobry dobra zly zla mily mila ctny vzacny vzacna tezky tezka lehky lehka snadny nahly nahla prudky"
    " prudka hrozny strasny divoky divoka domaci cizi sudy lichy pravy leva levy"
    # Things, animals, trades, days.
    " svoboda prochazka zima jaro leto podzim vlk beran kos sykora liska zajic jelen holub vrana straka"
    " cap kohout slepicka slavik kapr stika motyl brouk moucha komar rak had ryba medved kocour kocourek"
    " kozel koza kun hribe krtek jezek mraz vitr boure duha hora kopec skala kamen les haj hajek dub buk"
    " javor lipa jedlicka borovicka ruzicka fiala konvalinka malina jahoda hruska jablonsky cibule cesnek"
    " zeli chleba kolac hrach fazole kovar mlynar tesar zednik reznik pekar sedlak rychtar safar kolar"
    " bednar hrncir kral knize cisar papez biskup kaplan mnich mestan soused host pan panek krejci svec"
    " tkadlec stehlik patek sobota nedele streda ctvrtek utery pondeli rada soud stupka potok potucek voda"
    " vodicka reka rybnik most zamek hrad dum chalupa stodola brana plot zahrada zahradnik louka pole kout"
    " koruna haler penize zlatnik dolar mince blaha nadeje laska vira radost starost smutek hlad zizen"
    " sila noha hlava ruka oko usta zub vousy brada palec kolena srdce duse sladek pivo vino kase mrkvicka"
    " salat holec cvrk pach hudec hudba pesek jezdec strelec vojak vojna"
    # Forms of verbs.
    " dolezal pospisil zdrazil navratil vyskocil nevratil kvapil zaoral odehnal dostal nezval nevrala"
    " prikryl zaruba pribyl vybiral nejedly vesel stal vzal vydal zadal musil vrzal brzobohaty skocdopole"
    " dohnal osoba zapletal zatloukal dolezel rozsypal"
    # First names and their short forms.
    " dana dan vera vit vita vlasta vlada kveta svetla mira slava lada tom ruda roman lev nadezda sam ina"
    " pat maxim rosa ela zora mara vala mary lili jura hela kari musa teta tina nika bora borka rozka zina"
    " tana mana bara polda hera jiskra maru sisi naty kris ruza pata vovo kata"
)
# Forms of names that are something else, as they are written: "Vláda České republiky".
_NO_FIRST_NAME = _each(
    "vláda vlády vládě vládu vládo vládou míra míry míře míru mírou sláva slávy slávě slávu slávou tom"
    " tomu tome sami sama samo samou daní dani daně daňe dána máme máma mámy naši našim péče péči jaro"
    " jara rada rady radě radu radou stála bere beru bába může mají máte žena vidí síla síly sílu hora"
    " pata paty duše duši bob ela inu maru jani janu roma romy romu romů romům romové romem romech"
)
_NO_SURNAME = _each(
    "urad uradu uradem obec obce obci mesto mesta mestu praha prahy praze prahou prahu brno brna brne"
    " ministerstvo kraj centrum soud soudu ceske ceska ceskou cesky republika evropska evropske zakon"
    " zakona kontaktni"
)
# What is called after somebody is not that person.
_CALLED_AFTER = _each(
    "ulice ulici ulic ulicni ul namesti nam trida tride tr nabrezi most mostu skola skoly skole gymnazium"
    " nadace nadaci univerzita univerzity univerzite institut ustav nemocnice nemocnici svaty svata svate"
    " svateho sv kostel park sady sad fond fondu cena ceny sidliste dum domov domova"
)
# The endings of a first name before a surname: no possessives (Karlovy Vary), no plurals.
_CASES = _each("a e i o u y ou em ovi eho emu iho imu im ii")
_OF_A_WOMAN = re.compile(r"ov(?:á|é|ou)$")
_NO_CASE = re.compile(r"[áéý]$")
_ADDRESSED = re.compile(
    r"\b(?:[Pp]an(?:í|a|u|em|ovi|e|ové|ů|ům)?|[Ss]lečn\w+|[Mm]anžel(?:é|ů|ům|y)|[Pp]í\.?|[Pp]\.|Mr\.?|Mrs\.?|Ms\.?|Miss|"
    r"(?:Mgr|MgA|Ing|Bc|BcA|JUDr|MUDr|PhDr|RNDr|PaedDr|MVDr|ThDr|MDDr|[Dd]r|[Dd]oc|[Pp]rof|[Aa]rch|DiS)\.)\s+"
)


class Sure(IntEnum):
    """When a word that is a form of a name counts: wherever it stands, with a capital, or among names."""

    ALWAYS = 0
    WITH_CAPITAL = 1
    AMONG_NAMES = 2


def words_of_name(name: str) -> list[str]:
    """Return the words of a person's name that tell who it is, without titles."""
    words = [match.group() for match in words_of(unicodedata.normalize("NFC", name))]
    return [word for word in words if len(word) > 1 and fold(word) not in _TITLES]


# Who is known ---------------------------------------------------------------------


def find_names(text: str, names: Iterable[str]) -> Iterator[Span]:
    """Yield the words of a text that are a form of any word of the names, or of how one may be called for it.

    A common word (malý, svoboda) counts only where it can be a name.
    """
    wanted, words = _wanted(tuple(names)), list(words_of(text))
    seen: dict[str, Sure | None] = {}
    for match in words:
        word = match.group()
        if word not in seen:
            seen[word] = min((sure for forms, sure in wanted if forms.matches(word)), default=None)
    for number, match in enumerate(words):
        sure = seen[match.group()]
        if sure is not None and _counts(text, words, number, sure, seen):
            yield match.span()


@lru_cache(maxsize=64)
def _wanted(names: tuple[str, ...]) -> list[tuple[NameForms, Sure]]:
    """Return the forms of every word of names, and of what else its bearer may be called."""
    found: dict[str, Sure] = {}
    for word in (word for name in names for word in words_of_name(name)):
        found[word] = Sure.AMONG_NAMES if _is_common(fold(word)) else Sure.ALWAYS
        for other in first_names.also_called(word):
            found.setdefault(other, Sure.AMONG_NAMES if fold(other) in _COMMON else Sure.WITH_CAPITAL)
    return [(forms_of(word), sure) for word, sure in found.items()]


def _is_common(bare: str) -> bool:
    """Tell whether a name, or the husband's one behind it, is a word of every day."""
    stem = bare.removesuffix("ova")
    return stem in _COMMON or (stem != bare and f"{stem}a" in _COMMON)


def _counts(
    text: str, words: Sequence[re.Match[str]], number: int, sure: Sure, seen: dict[str, Sure | None]
) -> bool:
    """Tell whether a form of a name can be one where it stands."""
    word = words[number].group()
    if sure == Sure.ALWAYS or (word[0].isupper() and (sure == Sure.WITH_CAPITAL or _OF_A_WOMAN.search(word))):
        return True
    # "Dana" begins a sentence as a name, "Dána" and "Malý" do not.
    if (
        word[0].isupper()
        and not word.isupper()
        and (is_inside_sentence(text, words[number]) or is_first_name(word))
    ):
        return True
    return any(_names_it(word, beside, seen) for beside in _beside(text, words, number))


def _names_it(word: str, beside: str, seen: dict[str, Sure | None]) -> bool:
    """Tell whether the word beside makes a word a name: a title, a first name, another word of its name."""
    if fold(beside) in _TITLES:
        return True
    if beside[0].isupper() != word[0].isupper():
        return False
    return seen.get(beside) is not None or (word[0].isupper() and is_first_name(beside))


def _beside(text: str, words: Sequence[re.Match[str]], number: int) -> Iterator[str]:
    """Yield the words right before and after one, with at most the full stop of a title between."""
    here = words[number]
    if number and text[words[number - 1].end() : here.start()] in (" ", ". ", "."):
        yield words[number - 1].group()
    if number + 1 < len(words) and text[here.end() : words[number + 1].start()] == " ":
        after = words[number + 1].group()
        if fold(after) not in _TITLES:
            yield after


def is_inside_sentence(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word does not begin a sentence or a line."""
    before = text[max(0, match.start() - 6) : match.start()].rstrip(' "„“(#*>-–•')
    return bool(before) and before[-1] not in ".!?…\n"


# Who is called by name ------------------------------------------------------------


def find_people(text: str) -> Iterator[Span]:
    """Yield names of people whom nobody knows: after pan, paní or a title, or a first name and a surname."""
    words = list(words_of(text))
    starts = {match.start(): number for number, match in enumerate(words)}
    end = 0
    for number in sorted({*_addressed(text, starts), *_first_names(text, words)}):
        if words[number].start() >= end:
            last = _last_of_name(text, words, number)
            end = words[last].end()
            yield words[number].start(), end


def _addressed(text: str, starts: dict[int, int]) -> Iterator[int]:
    """Yield the numbers of the words that follow pan, paní or a title and look like a name."""
    for match in _ADDRESSED.finditer(text):
        number = starts.get(match.end())
        if number is not None and _looks_like_name(_word_at(text, match.end())):
            yield number


def _word_at(text: str, start: int) -> str:
    match = next(words_of(text[start : start + 60]), None)
    return match.group() if match else ""


def _first_names(text: str, words: Sequence[re.Match[str]]) -> Iterator[int]:
    """Yield the numbers of first names before a surname."""
    for number, match in enumerate(words[:-1]):
        after = words[number + 1]
        if text[match.end() : after.start()] != " " or not is_first_name(match.group()):
            continue
        before = fold(words[number - 1].group()) if number else ""
        if before not in _CALLED_AFTER and _looks_like_name(after.group()):
            yield number


def _last_of_name(text: str, words: Sequence[re.Match[str]], number: int) -> int:
    """Return the number of the last word of a name that begins with a word; at most three go together."""
    for last in range(number, min(number + 2, len(words) - 1)):
        between = text[words[last].end() : words[last + 1].start()]
        if between not in (" ", "-", "–") or not _looks_like_name(words[last + 1].group()):
            return last
    return min(number + 2, len(words) - 1)


def _looks_like_name(word: str) -> bool:
    is_written_so = word[:1].isupper() and (word[1:].islower() or (word.isupper() and len(word) > 3))
    return len(word) > 1 and is_written_so and fold(word) not in _NO_SURNAME and fold(word) not in _TITLES


@lru_cache(maxsize=16384)
def is_first_name(word: str) -> bool:
    """Tell whether a word with a capital is a first name, or a short form of one, in some case."""
    if len(word) < 3 or not word[0].isupper() or word.lower() in _NO_FIRST_NAME or _NO_CASE.search(word):
        return False
    bare = fold(word)
    return any(
        bare[len(bare) - cut :] in _stems_of_first_names().get(bare[: len(bare) - cut], ())
        for cut in range(4)
    )


@lru_cache(maxsize=1)
def _stems_of_first_names() -> dict[str, frozenset[str]]:
    stems: dict[str, frozenset[str]] = {}
    for name in dict.fromkeys(name for row in first_names.table() for name in row):
        forms = forms_of(name)
        for stem in forms.exact:
            stems[stem] = stems.get(stem, frozenset()) | {""}
        for stem, endings in forms.stems:
            stems[stem] = stems.get(stem, frozenset()) | (endings & _CASES)
    return stems
