import pytest
import time_machine
from django.db import IntegrityError, transaction

from core.audit.terms import merge
from tests.factories.accounts import UserFactory
from tests.factories.deliveries import DeliveryFactory, SubscriptionFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.visits import ThemeFactory
from tests.verbs import refusal
from tests.visits.deliveries.parts import told
from visits.deliveries.actions import subscriptions
from visits.models import Subscription

pytestmark = pytest.mark.django_db

CONFIRM = ("a@example.org", "visits/subscription_confirm")


def ask(email="a@example.org", theme=None):
    subscriptions.subscribe(email=email, theme=theme, language="cs")


def test_nothing_comes_before_the_button_and_asking_again_waits_a_day():
    with time_machine.travel("2026-11-30 08:00Z", tick=False):
        ask()
        ask("A@example.org")
        row = Subscription.objects.get()
        assert (row.confirmed_at, told()) == (None, [CONFIRM])
    with time_machine.travel("2026-12-02 08:00Z", tick=False):
        ask()
        assert told() == [CONFIRM] * 2
        subscriptions.confirm(row)
        ask()
    assert told() == [CONFIRM] * 2
    assert Subscription.objects.confirmed().count() == 1


def test_ended_is_ended_and_may_be_asked_for_anew():
    row = SubscriptionFactory(email="a@example.org")
    subscriptions.end(row)
    subscriptions.confirm(row)
    row.refresh_from_db()
    assert row.ended_at
    assert not Subscription.objects.confirmed().exists()
    ask()
    assert told() == [CONFIRM]


def test_an_address_is_asked_once_a_day_on_whatever_theme():
    with time_machine.travel("2026-11-30 08:00Z", tick=False):
        for theme in [None, *ThemeFactory.create_batch(7)]:
            ask(theme=theme)
        assert told() == [CONFIRM]
        subscriptions.end(Subscription.objects.get())
        ask()
        assert told() == [CONFIRM]
    with time_machine.travel("2026-12-01 09:00Z", tick=False):
        ask()
        assert told() == [CONFIRM] * 2


def test_each_theme_for_itself():
    theme = ThemeFactory()
    ask(theme=theme)
    subscriptions.confirm(Subscription.objects.get())
    ask()
    assert Subscription.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        SubscriptionFactory(email="A@example.org")


def test_an_official_lets_their_municipalities_follow_a_theme_once():
    by, theme = UserFactory(official=True), ThemeFactory()
    first, second = (MembershipFactory(user=by).municipality for _one in range(2))
    for place in (first, second):
        subscriptions.follow(place, theme=theme, by=by)
    assert refusal(subscriptions.follow, first, theme=theme, by=by)
    assert refusal(subscriptions.follow, MunicipalityFactory(), theme=None, by=by)
    row = subscriptions.followed_by(first).get()
    subscriptions.end(row, by=by)
    assert subscriptions.follow(first, theme=theme, by=by).confirmed_at


def test_whoever_follows_two_themes_follows_the_one_that_they_become_once():
    kept, gone, by, place = ThemeFactory(), ThemeFactory(), UserFactory(editor=True), MunicipalityFactory()
    for theme in (kept, gone):
        SubscriptionFactory(email="both@example.org", theme=theme)
        SubscriptionFactory(municipality=place, asked_by=by, email=by.email, theme=theme)
    # Two people may say that they work for the same municipality.
    SubscriptionFactory(email="a@example.org", theme=kept, municipality=place)
    SubscriptionFactory(email="b@example.org", theme=gone, municipality=place)
    delivery = DeliveryFactory(
        subscription=Subscription.objects.get(theme=gone, email="both@example.org"), municipality=None
    )
    merge(gone, into=kept, version=gone.version, by=by)
    emails = Subscription.objects.filter(theme=kept).order_by("email").values_list("email", flat=True)
    assert sorted(emails) == sorted(["a@example.org", "b@example.org", "both@example.org", by.email])
    assert not Subscription.objects.filter(theme=gone).exists()
    delivery.refresh_from_db()
    assert delivery.subscription is None
