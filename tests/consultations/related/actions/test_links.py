"""Two requests that have to do with each other: linked once, and parted again."""

import pytest

from consultations.models import RequestLink
from consultations.related.actions.links import link, unlink
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_links_are_once_and_can_be_taken_away() -> None:
    me, colleague = UserFactory(), UserFactory()
    a, b = SupportRequestFactory(), SupportRequestFactory()
    made = link(b, to=a, by=me)
    assert (made.first, made.second, made.linked_by) == (a, b, me)
    assert link(a, to=b, by=colleague) == made
    unlink(made, by=colleague)
    assert not RequestLink.objects.exists()
    for one, other in ((a, b), (b, a)):
        assert written(one) == [
            ("request.link", me.pk, {"to": other.pk}),
            ("request.unlink", colleague.pk, {}),
        ]


def test_it_is_refused() -> None:
    request, other, editor = SupportRequestFactory(), SupportRequestFactory(), UserFactory(editor=True)
    reads, itself = (
        "Your role reads requests but does not work on them.",
        "A request cannot be linked to itself.",
    )
    assert refusal(link, request, to=request, by=UserFactory()) == [itself]
    assert refusal(link, request, to=request, by=editor) == [reads, itself]
    assert refusal(link, request, to=other, by=editor) == [reads]
    made = link(request, to=other, by=UserFactory())
    assert refusal(unlink, made, by=editor) == [reads]
    assert RequestLink.objects.get() == made
