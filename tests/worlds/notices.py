"""A small world of people, each with another reason to be told of a request."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from consultations.models import SupportRequest, TopicWatch, Watch
from tests.factories.accounts import AbsenceFactory, DutyFactory, UserFactory
from tests.factories.consultations import PersonFactory, SupportRequestFactory, TopicFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory

# What each of them is to the request; whoever does something is "me".
ROLES = {
    "me": "coordinator",
    "duty": "consultant",
    "holder": "consultant",
    "deputy": "consultant",
    "colleague": "consultant",
    "watcher": "editor",
    "topical": "editor",
    "mentioned": "administrator",
    "reader": "editor",
    "gone": "consultant",
    "asker": "official",
    "official": "official",
    "elsewhere": "official",
}


class World:
    """A municipality's request, whose holder is away and has a deputy; and who is told of it, by name."""

    def __init__(self) -> None:
        self.people = {name: UserFactory(name=name, role=role) for name, role in ROLES.items()}
        self.place, self.other_place = MunicipalityFactory(), MunicipalityFactory()
        for name in ("asker", "official"):
            MembershipFactory(municipality=self.place, user=self.people[name])
        MembershipFactory(municipality=self.other_place, user=self.people["elsewhere"])
        self.topic = TopicFactory()
        self.requester = PersonFactory(user=self.asker, municipality=self.place, email=self.asker.email)
        self.request = self.new(state="open", assignee=self.holder)
        self._give_reasons()

    def __getattr__(self, name: str) -> User:
        if name not in ROLES:
            raise AttributeError(name)
        return self.people[name]

    def _give_reasons(self) -> None:
        AbsenceFactory(user=self.holder, deputy=self.deputy)
        for name in ("duty", "gone"):
            DutyFactory(user=self.people[name])
        for name in ("watcher", "gone"):
            Watch.objects.create(request=self.request, user=self.people[name])
        for name in ("topical", "gone"):
            TopicWatch.objects.create(topic=self.topic, user=self.people[name])
        User.objects.filter(pk=self.gone.pk).update(is_active=False)
        self.gone.is_active = False

    def new(self, **fields: Any) -> SupportRequest:
        """Return a request of the municipality that nobody has taken, unless the fields say otherwise."""
        usual = {
            "topic": self.topic, "municipality": self.place, "is_official": True, "created_by": self.asker,
            "requester": self.requester, "due_on": timezone.localdate() + timedelta(days=30),
        }  # fmt: skip
        return SupportRequestFactory(**{**usual, **fields})
