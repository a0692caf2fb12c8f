"""Words made ready for search: every Czech case finds its word, typed with diacritics or without."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search import postgres, sqlite
from core.search.text import LONGEST_WORD, MOST_WORDS, fold, keys_of_text, keys_of_word, question

# Words of housing with all their cases.
FORMS = """
ubytovna ubytovny ubytovně ubytovnu ubytovno ubytovnou ubytoven ubytovnám ubytovnách ubytovnami
byt bytu bytem byte byty bytů bytům bytech
bydlení bydlením bydleních bydleními
nájem nájmu nájmem nájmy nájmů nájmům nájmech
nájemné nájemného nájemnému nájemném nájemným
nájemník nájemníka nájemníkovi nájemníku nájemníkem nájemníci nájemníků nájemníkům nájemníky nájemnících
smlouva smlouvy smlouvě smlouvu smlouvo smlouvou smluv smlouvám smlouvách smlouvami
exekuce exekuci exekucí exekucím exekucích exekucemi
dluh dluhu dluhem dluhy dluhů dluhům dluzích
dávka dávky dávce dávku dávkou dávek dávkám dávkách dávkami
příspěvek příspěvku příspěvkem příspěvky příspěvků příspěvkům příspěvcích
doplatek doplatku doplatkem doplatky doplatků doplatkům doplatcích
obec obce obci obcí obcím obcích obcemi
město města městu městě městem měst městům městech městy
domácnost domácnosti domácností domácnostem domácnostech domácnostmi
rodina rodiny rodině rodinu rodino rodinou rodin rodinám rodinách rodinami
dítě dítěte dítěti dítětem děti dětí dětem dětech dětmi
matka matky matce matku matko matkou matek matkám matkách matkami
senior seniora seniorovi seniorem senioři seniorů seniorům seniory seniorech
azylový azylového azylovému azylovém azylovým azyloví azylové azylových azylovými azylová azylovou
dům domu domem domy domů domům domech
noclehárna noclehárny noclehárně noclehárnu noclehárnou nocleháren noclehárnám noclehárnách noclehárnami
bezdomovectví bezdomovectvím
nouze nouzi nouzí nouzím nouzích nouzemi
sociální sociálního sociálnímu sociálním sociálních sociálními
pracovník pracovníka pracovníkovi pracovníku pracovníkem pracovníci pracovníků pracovníkům pracovnících
podpora podpory podpoře podporu podporou podpor podporám podporách podporami
pomoc pomoci pomocí pomocím pomocích pomocemi
výpověď výpovědi výpovědí výpovědím výpovědích výpověďmi
kauce kauci kaucí kaucím kaucích kaucemi
žádost žádosti žádostí žádostem žádostech žádostmi
pravidlo pravidla pravidlu pravidlem pravidel pravidlům pravidlech pravidly
koncepce koncepci koncepcí koncepcím koncepcích koncepcemi
vlastník vlastníka vlastníkovi vlastníkem vlastníci vlastníků vlastníkům vlastníky vlastnících
pronájem pronájmu pronájmem pronájmy pronájmů pronájmům pronájmech
energie energii energií energiím energiích energiemi
vystěhování vystěhováním vystěhováních
prevence prevenci prevencí prevencím prevencích prevencemi
krize krizi krizí krizím krizích krizemi
starosta starosty starostovi starostu starosto starostou starostové starostů starostům starostech
úřad úřadu úřadem úřady úřadů úřadům úřadech
"""
WORDS = [line.split() for line in FORMS.strip().splitlines()]
# Missed without diacritics: "dum" is no form that endings could lead to "dom".
MISSED = [("dům", "domům")]


def meet(one: str, other: str) -> bool:
    return not set(keys_of_word(one)).isdisjoint(keys_of_word(other))


def test_every_case_meets_its_word() -> None:
    missed = [(base, form) for base, *forms in WORDS for form in forms if not meet(base, form)]
    assert (len(WORDS), sum(map(len, WORDS)), missed) == (41, 301, [])


def test_every_case_typed_without_diacritics_meets_its_word() -> None:
    missed = [(base, form) for base, *forms in WORDS for form in forms if not meet(base, fold(form))]
    assert missed == MISSED


def test_different_words_do_not_meet() -> None:
    bases = [base for base, *_forms in WORDS]
    assert [(a, b) for a in bases for b in bases if a < b and meet(a, b)] == []


def test_english_forms_meet() -> None:
    assert meet("tenants", "tenant")
    assert meet("flats", "flat")


def test_a_phone_number_is_one_word_however_it_is_written() -> None:
    assert "605123456" in keys_of_text("volejte +420 605 123 456 po páté")
    assert [word.keys for word in question("605 123 456")] == [("605123456",)]
    assert [word.keys for word in question("+420605123456")] == [("605123456",)]


def test_a_reference_is_found_whole_and_by_its_number() -> None:
    assert {"sh", "2026", "000123"} <= keys_of_text("SH-2026-000123")


def test_words_that_are_everywhere_are_left_out() -> None:
    assert [word.keys[0] for word in question("byt v obci")] == ["byt", "obci"]
    assert question("a v na") == []


def test_only_the_last_word_may_be_begun_and_not_a_short_one() -> None:
    assert [word.prefix for word in question("najem ubyt")] == ["", "ubyt"]
    assert [word.prefix for word in question("ul")] == [""]


@pytest.mark.parametrize("text", ["", " ", "\x00", "'\"*:&|!()<->\\", "%_", "½", "-" * 10_000])
def test_signs_alone_ask_nothing_that_could_break(text: str) -> None:
    assert all(key.isalnum() for word in question(text) for key in word.keys)


def test_a_long_question_is_cut() -> None:
    assert len(question("slovo" * 2000)) == 1
    assert len(question(" ".join(f"slovo{number}" for number in range(2000)))) == MOST_WORDS


@given(st.text(max_size=200))
def test_keys_are_letters_and_digits_only(text: str) -> None:
    asked = question(text)
    keys = (
        keys_of_text(text)
        | {key for word in asked for key in word.keys}
        | {word.prefix for word in asked if word.prefix}
    )
    assert all(key.isalnum() and len(key) <= 18 * LONGEST_WORD for key in keys)


def test_expressions_of_both_databases() -> None:
    asked = question("2026 exek")
    assert sqlite.expression(asked) == '("2026") AND ("exek" OR "exk" OR "exek" *)'
    assert postgres.expression(asked) == "('2026') & ('exek' | 'exk' | 'exek':*)"
