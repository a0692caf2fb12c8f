"""What may be done with accounts and invitations, what may not and why."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import override

from accounts import actions
from accounts.models import Invitation, InvitationState, User
from accounts.permissions import Role
from core import audit
from core.links.models import digest_of
from core.outbox.mail import OutgoingMail
from core.states import Refused
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

OFFICIALS_ELSEWHERE = "An official is invited from the page of their municipality."


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with override("en"):
        yield


@pytest.fixture
def administrator() -> User:
    return UserFactory(administrator=True)


@pytest.fixture
def colleague(administrator: User) -> User:
    return UserFactory(role=Role.CONSULTANT)


def reasons(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.reasons


def invite(by: User, **changes: Any) -> Invitation:
    values = {
        "email": "nova@example.org",
        "name": "Nová",
        "role": Role.EDITOR,
        "language": "cs",
        "municipality_id": None,
    }
    return actions.invite(**{**values, **changes}, by=by)


def link_in(mail: OutgoingMail) -> str:
    return next(word for word in mail.text.split() if word.startswith("http"))


def token_in(mail: OutgoingMail) -> str:
    return link_in(mail).rstrip("/").rsplit("/", 1)[-1]


def verbs_of(row: Any) -> list[str]:
    return list(audit.entries_of(row).values_list("verb", flat=True))


class TestInvite:
    def test_sends_an_address_that_only_the_mail_holds(self, administrator):
        invitation = invite(administrator, email=" Nova@Example.org ")

        mail = OutgoingMail.objects.get()
        assert (mail.kind, mail.to, mail.language) == ("accounts/invitation", "nova@example.org", "cs")
        assert link_in(mail).startswith("http://localhost:8000/cs/accounts/invitations/")
        assert len(token_in(mail)) == 43
        assert invitation.link_digest == digest_of(token_in(mail))
        assert verbs_of(invitation) == ["invitation.send"]
        assert audit.entries_of(invitation).get().details == {"role": "editor"}

    def test_speaks_the_language_of_the_invited(self, administrator):
        invite(administrator, language="en")

        mail = OutgoingMail.objects.get()
        assert mail.subject == "Your account in the portal of the Contact Centre"
        assert "/en/accounts/invitations/" in mail.text

    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
    def test_a_coordinator_invites_no_leader(self, role):
        coordinator = UserFactory(coordinator=True)

        assert reasons(lambda: invite(coordinator, role=role)) == [
            "Coordinators and administrators are invited by an administrator."
        ]
        assert not OutgoingMail.objects.exists()

    @pytest.mark.parametrize("role", [Role.CONSULTANT, Role.EDITOR])
    def test_a_coordinator_invites_the_others(self, role):
        assert invite(UserFactory(coordinator=True), role=role).role == role

    @pytest.mark.parametrize("role", [Role.CONSULTANT, Role.EDITOR, Role.OFFICIAL])
    def test_who_may_not_invite(self, role):
        assert reasons(lambda: invite(UserFactory(role=role))) == ["Your role does not invite people."]

    def test_an_official_needs_a_municipality_and_no_other_role_has_one(self, administrator):
        assert reasons(lambda: invite(administrator, role=Role.OFFICIAL)) == [OFFICIALS_ELSEWHERE]
        assert reasons(lambda: invite(administrator, municipality_id=7)) == [OFFICIALS_ELSEWHERE]
        assert invite(administrator, role=Role.OFFICIAL, municipality_id=7).municipality_id == 7

    def test_not_an_address_with_an_account_or_an_open_invitation(self, administrator):
        UserFactory(email="ma@example.org")
        invite(administrator)

        assert reasons(lambda: invite(administrator, email="MA@example.org")) == [
            "This address already has an account."
        ]
        assert reasons(lambda: invite(administrator)) == [
            "This address already has an invitation. You can send it again from the list of people."
        ]


class TestSendAgain:
    def test_the_old_address_stops_working(self, administrator):
        invitation = invite(administrator)
        Invitation.objects.update(expires_at=timezone.now() - timedelta(hours=1))
        invitation.refresh_from_db()

        actions.send_invitation_again(invitation, by=administrator)

        old, new = (token_in(mail) for mail in OutgoingMail.objects.order_by("id"))
        assert not Invitation.objects.usable().behind_link(old).exists()
        assert Invitation.objects.usable().behind_link(new).get() == invitation

    def test_not_one_that_was_accepted_or_revoked(self, administrator):
        invitation = invite(administrator)
        actions.revoke_invitation(invitation, by=administrator)

        assert reasons(lambda: actions.send_invitation_again(invitation, by=administrator)) == [
            "This invitation is revoked."
        ]


class TestAccept:
    def test_makes_the_promised_account_once(self, administrator):
        invitation = invite(administrator, language="en")

        user = actions.accept_invitation(invitation, name="Jana Nová", password="modra velryba plave")

        assert (user.email, user.name, user.role, user.language) == (
            "nova@example.org",
            "Jana Nová",
            "editor",
            "en",
        )
        assert user.check_password("modra velryba plave")
        assert user.invited_by == administrator
        assert invitation.state == InvitationState.ACCEPTED
        assert reasons(
            lambda: actions.accept_invitation(invitation, name="x", password="modra velryba plave")
        ) == ["This invitation no longer works."]
        assert User.objects.filter(email="nova@example.org").count() == 1

    def test_tells_those_who_asked_to_be_told_in_the_same_transaction(self, administrator, monkeypatch):
        monkeypatch.setattr(actions, "_after_accept", [])
        heard = []
        actions.when_accepted(lambda invitation, user: heard.append((invitation.municipality_id, user.email)))

        actions.accept_invitation(
            invite(administrator, role=Role.OFFICIAL, municipality_id=7),
            name="x",
            password="modra velryba plave",
        )

        assert heard == [(7, "nova@example.org")]

    def test_a_failing_callback_takes_the_account_back(self, administrator, monkeypatch):
        monkeypatch.setattr(actions, "_after_accept", [])

        def fail(invitation: Invitation, user: User) -> None:
            raise IntegrityError

        actions.when_accepted(fail)
        invitation = invite(administrator)

        with pytest.raises(IntegrityError):
            actions.accept_invitation(invitation, name="x", password="modra velryba plave")

        assert not User.objects.filter(email="nova@example.org").exists()
        assert Invitation.objects.get().state == InvitationState.OPEN

    def test_not_what_those_who_were_asked_speak_against(self, administrator, monkeypatch):
        monkeypatch.setattr(actions, "_against_accepting", [])
        actions.when_accepting(lambda invitation: [f"{invitation.municipality_id} is gone."])
        invitation = invite(administrator, role=Role.OFFICIAL, municipality_id=7)

        for call in (
            lambda: actions.accept_invitation(invitation, name="x", password="modra velryba plave"),
            lambda: actions.send_invitation_again(invitation, by=administrator),
        ):
            assert reasons(call) == ["7 is gone."]
        assert not User.objects.filter(email=invitation.email).exists()

        actions.revoke_invitation(invitation, by=administrator)
        assert invitation.state == InvitationState.REVOKED

    def test_not_after_72_hours(self, administrator):
        invitation = invite(administrator)
        assert invitation.expires_at - invitation.invited_at <= timedelta(hours=72, seconds=5)
        Invitation.objects.update(expires_at=timezone.now())

        assert reasons(
            lambda: actions.accept_invitation(invitation, name="x", password="modra velryba plave")
        ) == ["This invitation no longer works."]


class TestManage:
    def test_disable_and_enable(self, administrator, colleague):
        actions.disable_account(colleague, by=administrator)
        assert not User.objects.get(pk=colleague.pk).is_active
        assert actions.reasons_against_disabling(colleague, by=administrator) == [
            "This account is disabled already."
        ]

        actions.enable_account(colleague, by=administrator)
        assert User.objects.get(pk=colleague.pk).is_active
        assert verbs_of(colleague) == ["account.disable", "account.enable"]

    def test_a_disabled_account_may_nothing(self, administrator, colleague):
        other = UserFactory(administrator=True, is_active=False)

        assert reasons(lambda: actions.disable_account(colleague, by=other)) == [
            "Only an administrator may do this."
        ]

    def test_change_role_keeps_the_codes_of_both(self, administrator, colleague):
        actions.change_role(colleague, role=Role.EDITOR, by=administrator)

        assert User.objects.get(pk=colleague.pk).role == Role.EDITOR
        assert audit.entries_of(colleague).get().details == {"before": "consultant", "after": "editor"}

    @pytest.mark.parametrize(
        "verb", [actions.disable_account, actions.enable_account, actions.reset_second_factor]
    )
    def test_only_an_administrator_and_never_on_oneself(self, administrator, colleague, verb):
        UserFactory(administrator=True)
        assert "Only an administrator may do this." in reasons(
            lambda: verb(colleague, by=UserFactory(coordinator=True))
        )
        assert "You cannot do this to your own account. Ask another administrator." in reasons(
            lambda: verb(administrator, by=administrator)
        )

    def test_never_the_last_administrator(self, administrator):
        UserFactory(administrator=True, is_active=False)

        assert "This is the last administrator." in actions.reasons_against_disabling(
            administrator, by=administrator
        )
        assert "This is the last administrator." in actions.reasons_against_changing_role(
            administrator, by=administrator
        )

    def test_of_two_administrators_the_second_stays(self, administrator):
        other = UserFactory(administrator=True)
        actions.disable_account(other, by=administrator)

        assert reasons(lambda: actions.disable_account(administrator, by=other)) == [
            "Only an administrator may do this.",
            "This is the last administrator.",
        ]

    @pytest.mark.parametrize(
        ("role", "sentence"),
        [(Role.OFFICIAL, OFFICIALS_ELSEWHERE), (Role.CONSULTANT, "The person has this role already.")],
    )
    def test_roles_that_cannot_be_given(self, administrator, colleague, role, sentence):
        assert reasons(lambda: actions.change_role(colleague, role=role, by=administrator)) == [sentence]

    def test_reset_second_factor(self, administrator, colleague):
        Authenticator.objects.create(user=colleague, type=Authenticator.Type.TOTP, data={"secret": "A" * 32})

        actions.reset_second_factor(colleague, by=administrator)

        assert not Authenticator.objects.exists()
        assert reasons(lambda: actions.reset_second_factor(colleague, by=administrator)) == [
            "This account has no two-step login set up."
        ]


@pytest.mark.parametrize("on", [False, True])
def test_single_keys_are_switched(administrator, on):
    user = UserFactory(has_shortcuts=not on)

    actions.switch_shortcuts(user, on=on, by=user)

    assert User.objects.get(pk=user.pk).has_shortcuts is on
    entry = audit.entries_of(user).get()
    assert (entry.verb, entry.details) == ("account.switch_shortcuts", {"on": on})


def test_a_new_password_is_told_to_its_owner(administrator):
    actions.set_password(administrator, password="modra velryba plave", by=administrator)

    assert administrator.check_password("modra velryba plave")
    assert OutgoingMail.objects.get().kind == "accounts/password_changed"
    assert verbs_of(administrator) == ["account.set_password"]


class TestResetLink:
    def test_goes_to_an_account_that_may_log_in(self, colleague):
        actions.send_reset_link.call(colleague.pk)

        mail = OutgoingMail.objects.get()
        assert (mail.kind, mail.to) == ("accounts/password_reset", colleague.email)
        assert link_in(mail).startswith("http://localhost:8000/cs/accounts/password/reset/key/")

    def test_goes_nowhere_else(self):
        disabled = UserFactory(is_active=False)

        actions.send_reset_link.call(disabled.pk)
        actions.send_reset_link.call(0)

        assert not OutgoingMail.objects.exists()
