"""Two entries of one person become one, and two again."""

import pytest

from accounts.models import User
from consultations.models import Participant, Person, PersonMerge, SupportRequest
from consultations.related.actions.merge import merge
from consultations.related.actions.persons import merge_persons, undo_merge_persons
from core import search
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory, SupportRequestFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def by() -> User:
    return UserFactory()


def test_all_goes_over_and_comes_back(by: User) -> None:
    one = PersonFactory(email="jana@example.org", phone="+420601123456")
    left = PersonFactory(email="nova@example.org")
    request = SupportRequestFactory(requester=one)
    done = merge_persons(one, into=left, by=by)
    request.refresh_from_db()
    left.refresh_from_db()
    assert (request.requester, left.phone) == (left, "+420601123456")
    assert list(left.addresses.values_list("email", flat=True)) == ["jana@example.org"]
    assert list(Person.objects.known_by(email="jana@example.org")) == [left]
    assert request.contacts.get().person == left

    undo_merge_persons(done, by=by)
    request.refresh_from_db()
    left.refresh_from_db()
    assert (request.requester, left.phone, left.addresses.count()) == (one, "", 0)
    assert list(Person.objects.known_by(email="jana@example.org")) == [one]
    assert request.contacts.get().person == one
    assert written(one) == [
        ("person.merge", by.pk, {"into": left.pk, "requests": 1}),
        ("person.undo_merge", by.pk, {"of": left.pk}),
    ]


def test_what_has_come_or_changed_since_stays_with_the_one_that_was_left(by: User) -> None:
    one, left = PersonFactory(phone="+420601123456"), PersonFactory()
    done = merge_persons(one, into=left, by=by)
    since = SupportRequestFactory(requester=left)
    Person.objects.filter(pk=left.pk).update(phone="+420777123456")
    undo_merge_persons(done, by=by)
    since.refresh_from_db()
    left.refresh_from_db()
    assert (since.requester, left.phone) == (left, "+420777123456")


def test_nobody_is_twice_on_a_request(by: User) -> None:
    one, left = PersonFactory(), PersonFactory()
    both, hers, asked = (
        SupportRequestFactory(),
        SupportRequestFactory(),
        SupportRequestFactory(requester=left),
    )
    for request, people in ((both, (one, left)), (hers, (one,)), (asked, (one,))):
        for person in people:
            Participant.objects.create(request=request, person=person)

    merge_persons(one, into=left, by=by)

    places = Participant.objects.filter(person=left).values_list("request", flat=True)
    assert sorted(places) == [both.pk, hers.pk]


def test_the_desk_finds_a_request_by_whoever_it_is_of_now(by: User) -> None:
    one, left = PersonFactory(name="Jana Zelinková"), PersonFactory(name="Jana Malá")
    request = SupportRequestFactory(requester=one, subject="Byt")
    done = merge_persons(one, into=left, by=by)

    def found(words: str) -> list[str]:
        return [hit.title for hit in search.find(words, scope=search.DESK).hits]

    assert (found("Malá"), found("Zelinková")) == (["Byt"], [])
    undo_merge_persons(done, by=by)
    assert (found("Malá"), found("Zelinková")) == ([], ["Byt"])
    assert request.subject == "Byt"


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("an editor", "Your role reads requests but does not work on them."),
        ("itself", "A person cannot be merged into itself."),
        ("merged already", "One of the two is merged already. Choose the one that is left."),
        ("an official", "One of the two asks from an account of a municipality. The two stay apart."),
    ],
)
def test_it_is_refused(by: User, case: str, words: str) -> None:
    one, left = PersonFactory(email="jana@example.org"), PersonFactory()
    if case == "an editor":
        by = UserFactory(editor=True)
    elif case == "itself":
        left = one
    elif case == "merged already":
        merge_persons(left, into=PersonFactory(), by=by)
        # As a page shows it that was drawn before.
        left.merged_into = None
    else:
        left = PersonFactory(user=UserFactory(official=True))
    merges = PersonMerge.objects.count()
    assert refusal(merge_persons, one, into=left, by=by) == [words]
    assert PersonMerge.objects.count() == merges
    assert not left.addresses.filter(email="jana@example.org").exists()


def test_undoing_is_refused(by: User) -> None:
    one, left = PersonFactory(), PersonFactory()
    a, b = SupportRequestFactory(requester=one), SupportRequestFactory(requester=left)
    done = merge_persons(one, into=left, by=by)
    assert refusal(undo_merge_persons, done, by=UserFactory(editor=True)) == [
        "Your role reads requests but does not work on them."
    ]
    merge(SupportRequest.objects.get(pk=a.pk), into=b, by=by)
    assert refusal(undo_merge_persons, done, by=by) == ["Requests of the two were merged. Undo that first."]
    on = merge_persons(left, into=PersonFactory(), by=by)
    assert refusal(undo_merge_persons, done, by=by) == ["The person was merged on since. Undo that first."]
    undo_merge_persons(on, by=by)
    assert refusal(undo_merge_persons, on, by=by) == ["It is undone already."]
    assert PersonMerge.objects.get(pk=done.pk).undone_at is None
