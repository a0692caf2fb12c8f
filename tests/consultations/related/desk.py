"""A desk for tests of merging and splitting: steps in words, and where every message is afterwards."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from consultations.choices import State
from consultations.intake.actions import requester
from consultations.models import Contact, Rearrangement, SupportRequest
from consultations.related.actions.merge import merge, undo_merge
from consultations.related.actions.split import split, undo_split
from consultations.requests.actions import desk
from tests.factories.consultations import ContactFactory, PersonFactory, SupportRequestFactory

# A verb and its words each: ("split", "a", "a2 a3", "n") splits two messages of "a" off as "n".
Steps = list[tuple[str, ...]]


class Desk:
    """A few requests of one person, by letters, and what is done with them, in words a person would use."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.person = PersonFactory()
        self.made: dict[str, int] = {}
        self.done: dict[str, Rearrangement] = {}
        self.at = timezone.now() - timedelta(days=3)

    def begin(self, *names: str, **fields: Any) -> None:
        """Let requests come, each with a first message of its own name: "a1"."""
        for name in names:
            made = SupportRequestFactory(requester=self.person, with_contact=False, **fields)
            self.made[name] = made.pk
            ContactFactory(request=made, person=self.person, text=f"{name}1", took_place_at=self._tick())

    def _tick(self) -> Any:
        self.at += timedelta(hours=1)
        return self.at

    def get(self, name: str) -> SupportRequest:
        return SupportRequest.objects.get(pk=self.made[name])

    def reply(self, name: str, text: str) -> None:
        """Let the requester write by the link or address of a request."""
        requester.reply(self.get(name), text=text, by=None, took_place_at=self._tick())

    def answer(self, name: str, text: str) -> None:
        request = self.get(name)
        if request.state == State.NEW:
            desk.take(request, by=self.by)
        contact = desk.answer(request, text=text, by=self.by)
        Contact.objects.filter(pk=contact.pk).update(took_place_at=self._tick())

    def merge(self, name: str, into: str) -> None:
        self.done[f"{name}{into}"] = merge(self.get(name), into=self.get(into), by=self.by)

    def split(self, name: str, *texts: str, to: str) -> None:
        request = self.get(name)
        chosen = Contact.objects.filter(text__in=texts)
        self.made[to] = split(request, contacts=chosen, subject=f"About {to}", by=self.by).pk
        self.done[to] = Rearrangement.objects.latest("pk")

    def undo(self, name: str) -> None:
        done = Rearrangement.objects.get(pk=self.done[name].pk)
        (undo_merge if done.kind == Rearrangement.Kind.MERGE else undo_split)(done, by=self.by)

    def follow(self, steps: Steps, expected: dict[str, str]) -> None:
        """Let requests come, and do one thing after another with them."""
        self.begin(*(name for name in expected if name in "abc"))
        for verb, *words in steps:
            if verb == "split":
                source, texts, to = words
                self.split(source, *texts.split(), to=to)
            else:
                getattr(self, verb)(*words)

    def where(self) -> dict[str, str]:
        """Return the messages of each request in the order in which its page shows them."""
        found = {}
        for name in self.made:
            texts = [contact.text for contact in self.get(name).contacts.for_timeline()]
            found[name] = " ".join(texts)
        return found

    def states(self) -> dict[str, str]:
        return {name: self.get(name).state for name in self.made}

    def in_time(self, expected: dict[str, str]) -> dict[str, str]:
        """Return the messages that each request is to have, in the order in which they were written."""
        times = dict(Contact.objects.values_list("text", "took_place_at"))
        return {
            name: " ".join(sorted(texts.split(), key=times.__getitem__)) for name, texts in expected.items()
        }
