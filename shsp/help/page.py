"""What the guided page shows: first steps, places to turn to in order, help by law, lines; with sources."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from consultations.choices import HomeLoss
from consultations.models import SummaryEdition
from municipalities.choices import Size
from municipalities.models import Municipality
from municipalities.places.offices.queries import OF_DISTRICT, NearOffice, OfficesNear, offices_near
from shsp.help.texts import Texts, nbsp_in, telephone

ANSWERS_SHOWN = 3
# An address in words is looked for on a map that sets no cookies of ours and wants no key.
MAP = "https://www.openstreetmap.org/search?query="
# The topic with which the form to ask opens, whatever is happening: it tells the desk enough.
TOPIC = "losing-home"
# Where people go to the mayor.
VILLAGES = (Size.VILLAGE, Size.SMALL)


@dataclass(frozen=True)
class Source:
    """One line of the list at the end."""

    number: int
    name: str
    url: str
    # "" where it is not known.
    day: str


@dataclass
class Sources:
    """The sources in the order in which the page first leans on them."""

    texts: Texts
    rows: dict[str, Source] = field(default_factory=dict)

    def numbers(self, slugs: list[str]) -> list[int]:
        """Return the numbers of shipped sources by their slugs."""
        return [self._number(slug, **self.texts.part("sources")[slug]) for slug in slugs]

    def of_office(self, office: NearOffice) -> list[int]:
        """Return the numbers of where an office's contacts come from."""
        return [self._number(one.url or one.text, one.text, office.as_of, one.url) for one in office.sources]

    def _number(self, key: str, name: str, as_of: str, url: str) -> int:
        row = self.rows.setdefault(key, Source(len(self.rows) + 1, name, url, self.texts.day(as_of)))
        return row.number


@dataclass(frozen=True)
class Told:
    """A text with the numbers of its sources."""

    html: SafeString
    sources: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Button:
    """What one does on a card."""

    label: str
    url: str
    is_foreign: bool = False


@dataclass(frozen=True)
class Card:
    """One place to turn to."""

    title: SafeString
    text: Told
    say: str = ""
    office: NearOffice | None = None
    # Of which day the office's contacts are, in words, and their sources.
    day: str = ""
    sources: list[int] = field(default_factory=list)
    button: Button | None = None


class HelpPage:
    """The page for what was answered: where, what (a key of the situations), how soon (a HomeLoss)."""

    def __init__(self, texts: Texts, *, municipality: Municipality | None, s: str, home: str) -> None:
        self.texts, self.municipality, self.home = texts, municipality, home
        found = [row for row in self.texts.part("situations") if row["key"] == s]
        self.situation: dict[str, Any] = found[0] if found else self.texts.part("general")
        self.near: OfficesNear | None = offices_near(municipality) if municipality else None
        self.sources = Sources(texts)
        # In the order of reading, so that the first source is number 1.
        if self.lines_first:
            self.lines = self._lines()
        self.steps = [self._told(step) for step in self.situation["steps"]]
        self.cards = self._cards()
        self.facts = self._facts()
        if not self.lines_first:
            self.lines = self._lines()

    @property
    def lines_first(self) -> bool:
        return self.situation.get("lines_first", False) or self.home == HomeLoss.LOST

    @property
    def is_unsafe(self) -> bool:
        """Whether somebody at home might look at what was read."""
        return self.situation.get("safe", False)

    @property
    def is_answered(self) -> bool:
        return bool(self.query)

    @property
    def query(self) -> str:
        """The answers as they stand in the address."""
        return self._query_with(municipality=self.municipality.code if self.municipality else "")

    def _query_with(self, **given: str) -> str:
        given |= {"s": self.situation["key"], "home": self.home}
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def told(self) -> list[str]:
        """What was answered to each question, in words."""
        what = self.texts.of(self.situation["name"]) if self.situation["key"] else ""
        when = self.texts.of(self.texts.part("soon")[self.home]["name"]) if self.home else ""
        return [words for words in (what, when) if words]

    @property
    def checked_on(self) -> str:
        """The day on which the law was looked up."""
        return self._as_of(self.texts.part("facts")["checked_on"])

    def _as_of(self, day: str) -> str:
        label = "of_day" if day.count("-") == 2 else "of_period"
        return self.texts.plain(label) % {"day": self.texts.day(day)}

    @cached_property
    def bring(self) -> SafeString:
        return self.texts.marked(self.situation["bring"])

    @cached_property
    def published(self) -> list[SummaryEdition]:
        """A few published answers for people, on the topics of what is happening."""
        rows = SummaryEdition.objects.published().for_audience("citizen")
        return list(rows.filter(topic__slug__in=self.situation["topics"]).for_list()[:ANSWERS_SHOWN])

    @property
    def listed_sources(self) -> list[Source]:
        return list(self.sources.rows.values())

    @property
    def has_contacts(self) -> bool:
        return any(card.office for card in self.cards)

    @property
    def places_url(self) -> str:
        """Where the municipality is found on the map, with the other answers."""
        kept = self._query_with()
        return reverse(self.texts.reading.places) + (f"?{kept}" if kept else "")

    @property
    def ask_url(self) -> str:
        """The form to ask, with what it needs to know of this; never what is happening at home."""
        home = self.situation.get("home") or self.home or HomeLoss.UNKNOWN
        given = {"home": home, "topic": TOPIC}
        if self.municipality:
            given["municipality"] = self.municipality.code
        return f"{reverse('ask')}?{urlencode(given)}"

    def _told(self, text: dict[str, Any]) -> Told:
        return Told(self.texts.marked(text), self.sources.numbers(text.get("from", [])))

    def _facts(self) -> list[Told]:
        facts = {fact["slug"]: fact for fact in self.texts.part("facts")["facts"]}
        return [self._told(facts[slug]) for slug in self.situation["facts"]]

    def _lines(self) -> list[dict[str, Any]]:
        """Return the crisis lines: those that fit first, then the others, which a printed page leaves out."""
        lines = {line["slug"]: line for line in self.texts.part("lines")}
        fitting = [slug for slug in self.situation["lines"] if slug in lines]
        order = [*fitting, *(slug for slug in lines if slug not in fitting)]
        return [
            {
                "name": lines[slug]["name"],
                "number": nbsp_in(lines[slug]["number"]),
                "url": telephone(lines[slug]["number"]),
                "is_nonstop": bool(lines[slug]["nonstop"]),
                "is_fitting": slug in fitting,
                **vars(self._told({**lines[slug]["whom"], "from": lines[slug].get("from", [])})),
            }
            for slug in order
        ]

    # Cards

    def _cards(self) -> list[Card]:
        cards = []
        for kind in self.situation["cards"]:
            if kind == "office":
                cards += self._offices()
            elif kind == "labour":
                cards += self._labour()
            else:
                cards.append(self._card(kind, button=self._button_of(kind)))
        return cards

    def _card(self, kind: str, office: NearOffice | None = None, **more: Any) -> Card:
        """Return the card of one kind of place, with what is known of the office near."""
        words = self.texts.part("cards")[kind]
        is_lost = (self.situation.get("home") or self.home) == HomeLoss.LOST
        text = words["text_lost"] if is_lost and "text_lost" in words else words["text"]
        if "say" in words:
            more.setdefault("say", self.texts.of(words["say"]))
        card: dict[str, Any] = {"title": self._title(words, office), "text": self._told(text)}
        return Card(**card | more | self._contacts(office))

    def _title(self, words: dict[str, Any], office: NearOffice | None) -> SafeString:
        title = self.texts.marked(words["title"])
        if office is None or "%(name)s" not in title:
            return title
        name = format_html('<span lang="cs">{}</span>', office.municipality.name)
        return format_html(str(title).replace("%(name)s", "{}"), name)

    def _contacts(self, office: NearOffice | None) -> dict[str, Any]:
        if office is None or not office.is_reachable:
            return {}
        as_of = office.checked_on.isoformat() if office.checked_on else office.as_of
        found = {
            "office": office,
            "day": self._as_of(as_of) if as_of else "",
            "sources": self.sources.of_office(office),
        }
        return found | {"button": self._button_to(office)}

    def _offices(self) -> list[Card]:
        """Return who decides there: contact points, the one with extended powers, the municipality's own."""
        near = self.near
        if near is None:
            return [self._card("office", say=self._say)]
        # What serves one district of a city comes after what serves all of it.
        points = sorted(near.contact_points, key=lambda one: bool(OF_DISTRICT.search(one.name)))
        cards = [self._card("contact_point", one) for one in points]
        if near.seat and not near.is_own_seat and not cards:
            cards.append(self._card("extended", near.seat))
        social = [self._card("social", one) for one in near.social]
        cards += social or [self._own(near, has_point=bool(near.contact_points))]
        return [self._card_saying(cards[0]), *cards[1:]]

    def _own(self, near: OfficesNear, *, has_point: bool) -> Card:
        kind = "village" if near.municipality.size in VILLAGES else "own"
        if near.is_own_seat and not has_point:
            kind = "own_extended"
        return self._card(kind, near.own or NearOffice(kind="", name="", municipality=near.municipality))

    def _card_saying(self, card: Card) -> Card:
        """Return the first card with what to say there; at the others one asks for what they have."""
        return Card(**{**vars(card), "say": self._say})

    @property
    def _say(self) -> str:
        what = self.situation.get("say") or self.situation["name"]
        sentences = [self.texts.of(what)] if self.situation["key"] or not self.home else []
        if self.home and not self.situation.get("home"):
            sentences.append(self.texts.of(self.texts.part("soon")[self.home]["say"]))
        return " ".join(words if words.endswith(".") else f"{words}." for words in sentences)

    def _labour(self) -> list[Card]:
        near = self.near.labour_offices if self.near else []
        return [self._card("labour", one) for one in near] or [self._card("labour")]

    def _button_of(self, kind: str) -> Button | None:
        if kind == "centre":
            return Button(self.texts.plain("ask"), self.ask_url)
        website = self.texts.part("cards")[kind].get("website")
        return Button(self.texts.plain("website"), website, is_foreign=True) if website else None

    def _button_to(self, office: NearOffice) -> Button | None:
        """Return the quickest way to an office: calling, writing, going there, reading."""
        if office.phone:
            label = f"{self.texts.plain('call')} {nbsp_in(office.phone_words)}"
            return Button(label, telephone(office.phone))
        if office.email:
            return Button(self.texts.plain("write"), f"mailto:{office.email}")
        if office.address:
            where = quote(f"{office.address}, {office.municipality.name}")
            return Button(self.texts.plain("show_map"), MAP + where, is_foreign=True)
        return Button(self.texts.plain("website"), office.website, is_foreign=True)
