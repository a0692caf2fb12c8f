"""Mails as they come, and what is to become of each: see expectations.yaml.

A mail that needs a valid sign holds a placeholder, which `load` fills from the
world that `build_world` makes: {SIGN:jana} is the signed address of Jana's request,
{MESSAGE_ID:jana} the Message-ID of our mail about it, {REFERENCE:jana} its number.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from consultations.choices import State
from consultations.models import Participant, PersonAddress, SupportRequest
from consultations.related.actions.persons import merge_persons
from core.outbox import tokens
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, PersonFactory, SupportRequestFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory

FOLDER = Path(__file__).parent
# What the portal is set to while these mails come; a row may set more.
SETTINGS = {
    "BASE_URL": "https://portal.example.org",
    "DEFAULT_FROM_EMAIL": "Kontaktní centrum <portal@centrum.example.org>",
    "MAIL_INBOX": "centrum@centrum.example.org",
    "MAIL_AUTHENTICATED_BY": "",
    "MAIL_MAX_BYTES": 30 * 1024 * 1024,
}
_KINDS = b"SIGN|SIGN_RETYPED|BAD_SIGN|MESSAGE_ID|BAD_MESSAGE_ID|REFERENCE|reference|PADDING|HEADERS"
_PLACEHOLDER = re.compile(rb"\{(" + _KINDS + rb"):(\w+)\}")
# How a sign is retyped from paper: l and o are none of its letters.
_RETYPED = str.maketrans("01", "Ol")


@dataclass
class World:
    """The requests that the mails are about, by the names that stand in the placeholders."""

    requests: dict[str, SupportRequest] = field(default_factory=dict)
    # The Message-ID of the mail that we wrote about each to its requester.
    message_ids: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, request: SupportRequest) -> SupportRequest:
        """Keep a request under a name."""
        self.requests[name] = request
        self.message_ids[name] = tokens.message_id(request.pk, request.requester.email)
        return request

    def fill(self, text: bytes) -> bytes:
        """Return text with its placeholders filled."""
        return _PLACEHOLDER.sub(lambda match: self._filling(match[1].decode(), match[2].decode()), text)

    def fill_in(self, value: Any) -> Any:
        """Return a row of the table, or a part of it, with the placeholders filled."""
        if isinstance(value, dict):
            return {key: self.fill_in(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.fill_in(item) for item in value]
        return self.fill(value.encode()).decode() if isinstance(value, str) else value

    def _filling(self, kind: str, name: str) -> bytes:
        makers: dict[str, Callable[[str], str]] = {
            "SIGN": self._sign,
            "SIGN_RETYPED": lambda name: _retyped(self._sign(name)),
            "BAD_SIGN": lambda name: _spoilt(self._sign(name)),
            "MESSAGE_ID": lambda name: self.message_ids[name],
            "BAD_MESSAGE_ID": lambda name: _spoilt(self.message_ids[name]),
            "REFERENCE": lambda name: self.requests[name].reference,
            "reference": lambda name: self.requests[name].reference.lower(),
            "PADDING": lambda size: "x" * 70 + "\r\n" + ("y" * 70 + "\r\n") * (int(size) // 72),
            "HEADERS": lambda number: "".join(f"X-Many-{n}: {n}\r\n" for n in range(int(number))),
        }
        return makers[kind](name).encode()

    def _sign(self, name: str) -> str:
        request = self.requests[name]
        return tokens.reply_address(request.pk, request.requester.email)


def rows() -> list[dict[str, Any]]:
    """Return the table: a row for each mail."""
    return yaml.safe_load((FOLDER / "expectations.yaml").read_text())


def load(name: str, world: World) -> bytes:
    """Return the bytes of one mail, filled for this world."""
    return world.fill((FOLDER / f"{name}.eml").read_bytes())


def build_world() -> World:
    """Make what the mails are about; SETTINGS are to be in force."""
    world = World()
    jana = PersonFactory(name="Jana Nováková", email="jana@example.com")
    PersonAddress.objects.create(person=jana, email="jana.prace@example.net")
    request = world.add(
        "jana", SupportRequestFactory(open=True, requester=jana, subject="Příspěvek na kauci")
    )
    ContactFactory(request=request, person=jana, message_id="<prvni.jana@mail.example.com>")
    petr = world.add(
        "petr", _asked_by("petr@example.com", answered=True, name="Petr Svoboda", subject="Dluh na nájemném")
    )
    Participant.objects.create(request=petr, person=PersonFactory(name="Eva Malá", email="eva@example.com"))
    survivor = world.add("survivor", _asked_by("vera@example.com", subject="Ubytovna", open=True))
    world.add(
        "merged",
        _asked_by(
            "karel@example.com",
            subject="Jak na ubytovnu",
            state=State.DUPLICATE,
            duplicate_of=survivor,
            is_merged=True,
        ),
    )
    world.add("spam", _asked_by("vyhra@example.com", subject="Vyhra", state=State.SPAM))
    world.add("closed", _asked_by("lida@example.com", subject="Krizové bydlení", closed=True))
    alena = PersonFactory(name="Alena", email="alena@example.com")
    consultant = UserFactory(email="konzultant@centrum.example.org", name="Konzultant")
    first = world.add("alena", _asked_by("alena.stara@example.com", subject="Bezbariérový byt", open=True))
    merge_persons(first.requester, into=alena, by=consultant)
    official = UserFactory(official=True, email="starosta@obec-vzorov.example")
    MembershipFactory(municipality=MunicipalityFactory(name="Vzorov"), user=official)
    return world


def _asked_by(email: str, *, name: str = "", **fields: Any) -> SupportRequest:
    return SupportRequestFactory(requester=PersonFactory(name=name, email=email), **fields)


def _retyped(address: str) -> str:
    """Return a signed address as somebody may copy it from paper."""
    number, dash, sign = address.partition("-")
    sign, at, domain = sign.partition("@")
    return f"{number}{dash}{sign.translate(_RETYPED)}{at}{domain}".upper()


def _spoilt(address: str) -> str:
    """Return an address of ours whose sign has its first letters wrong."""
    return re.sub(
        r"(?<=\d[-.])[0-9a-z]{4}(?=[0-9a-z]{16})",
        lambda match: "2345" if match[0] != "2345" else "6789",
        address,
    )
