"""The portal's own pages, as the public search finds them."""

from core import search

KIND = "page"

# Each page with its number in the index, which must never go to another one.
PAGES = [
    search.Document(
        KIND,
        1,
        "home",
        title_cs="Kontaktní centrum pro sociální bydlení",
        title_en="Contact Centre for social housing",
        lead_cs="Radíme lidem, obcím, neziskovým organizacím a majitelům bytů.",
        lead_en="We advise people, municipalities, non-profits and owners of flats.",
        text="úvod úvodní stránka home rozcestník",
    ),
    search.Document(
        KIND,
        2,
        "help-now",
        title_cs="Hrozí mi ztráta bydlení",
        title_en="My housing is at risk",
        lead_cs="Kam se obrátit hned, dřív než začnete psát dotaz.",
        lead_en="Where to turn now, before you write a question.",
        text="výpověď vystěhování dluh nájem bez domova bezdomovectví azylový dům ubytovna noclehárna "
        "krize pomoc eviction arrears homeless shelter hostel debt emergency help",
    ),
    search.Document(
        KIND,
        3,
        "ask",
        title_cs="Zeptejte se",
        title_en="Ask a question",
        lead_cs="Napište nám svůj dotaz. Odpoví vám konzultant, účet nepotřebujete.",
        lead_en="Write us your question. A consultant will answer; you need no account.",
        text="dotaz otázka žádost poradit poradna kontakt formulář question request advice contact form",
    ),
    search.Document(
        KIND,
        4,
        "about",
        title_cs="O Kontaktním centru",
        title_en="About the Centre",
        lead_cs="Kdo jsme, co děláme a z čeho je projekt placen.",
        lead_en="Who we are, what we do and who pays for the project.",
        text="kontakt e-mail telefon adresa projekt ministerstvo evropská unie sociální fond "
        "contact address project ministry european union",
    ),
    search.Document(
        KIND,
        5,
        "privacy",
        title_cs="Ochrana osobních údajů",
        title_en="Privacy",
        lead_cs="Co děláme s údaji, které nám napíšete, a jaká máte práva.",
        lead_en="What we do with what you write to us, and what rights you have.",
        text="gdpr soukromí zpracování výmaz smazání cookies personal data erasure",
    ),
    search.Document(
        KIND,
        6,
        "accessibility",
        title_cs="Prohlášení o přístupnosti",
        title_en="Accessibility",
        lead_cs="Jak je portál přístupný a kam napsat, když vám něco brání.",
        lead_en="How accessible the portal is, and where to write when something stands in your way.",
        text="přístupnost handicap odečítač klávesnice accessibility statement screen reader keyboard",
    ),
]


def index_pages() -> None:
    """Make the portal's own pages findable; running it again changes nothing."""
    search.put_many(PAGES, scope=search.PUBLIC)
