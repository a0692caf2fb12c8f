"""Secrets in the database are sealed, and what stood there in clear before is sealed, too."""

from importlib import import_module
from itertools import takewhile
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader

from accounts.adapters import MFAAdapter
from consultations.models import ExpertQuestion, ShortCode, SupportRequest
from core.outbox.models import OutgoingMail
from core.privacy.encryption import CannotUnseal, seal, unseal
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.experts import ExpertQuestionFactory
from tests.factories.short_code import WORD, a_code

LINK = "pX8wJ2yR5tK1mN4bV7cZ0aS3dF6gH9jLqWeRtYuIoPa"


def stored(table: str, column: str) -> list[str]:
    """Return what the database itself keeps."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY id")  # noqa: S608
        return [str(value) for (value,) in cursor.fetchall()]


def put(table: str, column: str, value: str) -> None:
    """Write a column of all rows as an older version of the portal would have."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])  # noqa: S608


def before(app: str, name: str) -> Any:
    """Return the tables as one of our migrations finds them when it begins to seal, and the migration."""
    loader = MigrationLoader(connection, replace_migrations=False)
    migration = import_module(f"{app}.migrations.{name}")
    parents = [node.key for node in loader.graph.node_map[app, name].parents]
    state = loader.project_state(parents)
    for operation in takewhile(lambda one: not isinstance(one, RunPython), migration.Migration.operations):
        operation.state_forwards(app, state)
    return state.apps, migration


class TestSeal:
    def test_opens_again_and_never_looks_the_same(self):
        assert unseal(seal("Příliš žluťoučký")) == "Příliš žluťoučký"
        assert seal("a") != seal("a")

    def test_a_former_key_opens_what_it_sealed(self, settings):
        sealed, former = seal("tajné"), settings.SECRET_KEY
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [former]
        assert unseal(sealed) == "tajné"
        settings.SECRET_KEY_FALLBACKS = []
        with pytest.raises(CannotUnseal):
            unseal(sealed)

    @pytest.mark.parametrize("text", ["", "abc", "č", "\0", "😀", "a" * 9000])
    def test_what_was_never_sealed_is_told(self, text):
        with pytest.raises(CannotUnseal):
            unseal(text)


@pytest.mark.django_db
class TestStored:
    def test_no_link_stands_in_clear(self):
        case, question = SupportRequestFactory(link_token=LINK), ExpertQuestionFactory()
        assert SupportRequest.objects.get(pk=case.pk).link_token == LINK
        assert unseal(stored("consultations_supportrequest", "link_token")[0]) == LINK
        assert unseal(stored("consultations_expertquestion", "link_token")[0]) == question.link_token

    def test_nothing_is_looked_up_by_a_sealed_text(self):
        with pytest.raises(FieldError):
            SupportRequest.objects.filter(link_token=LINK)

    def test_second_factor_is_sealed(self):
        assert MFAAdapter().encrypt("ABCD") != "ABCD"
        assert MFAAdapter().decrypt(MFAAdapter().encrypt("ABCD")) == "ABCD"


@pytest.mark.django_db
class TestOlderDatabase:
    def test_links_are_sealed_and_come_back(self):
        ExpertQuestionFactory()
        tables = ("consultations_supportrequest", "consultations_expertquestion")
        for table in tables:
            put(table, "link_token", LINK)
        apps, migration = before("consultations", "0005_seal_links")

        migration.seal_links(apps, None)

        assert all(row != LINK for table in tables for row in stored(table, "link_token"))
        assert SupportRequest.objects.get().link_token == LINK
        assert ExpertQuestion.objects.get().link_token == LINK
        migration.unseal_links(apps, None)
        assert [stored(table, "link_token") for table in tables] == [[LINK], [LINK]]

    def test_mail_is_sealed(self):
        OutgoingMail.objects.create(kind="x", to="a@example.org", language="cs", subject="x", message_id="1")
        put("core_outgoingmail", "text", f"https://portal.example/cs/requests/{LINK}/")
        apps, migration = before("core", "0004_seal_mail")
        migration.seal_texts(apps, None)
        assert LINK not in stored("core_outgoingmail", "text")[0]
        assert OutgoingMail.objects.get().text == f"https://portal.example/cs/requests/{LINK}/"

    def test_second_factors_are_sealed(self):
        user = UserFactory()
        Authenticator.objects.create(user=user, type="totp", data={"secret": "ABCD"})
        Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": "ef01", "used_mask": 5})
        apps, migration = before("accounts", "0003_seal_second_factor")
        migration.change_all(seal)(apps, None)
        totp, codes = (row.data for row in Authenticator.objects.order_by("pk"))
        assert (totp["secret"] != "ABCD", unseal(totp["secret"])) == (True, "ABCD")
        assert (unseal(codes["seed"]), codes["used_mask"]) == ("ef01", 5)


@pytest.mark.django_db
def test_reseal_lets_the_former_key_go(settings):
    case, former = SupportRequestFactory(link_token=LINK), settings.SECRET_KEY
    Authenticator.objects.create(user=UserFactory(), type="totp", data={"secret": seal("ABCD")})
    code = a_code(case, word=WORD)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [former]

    call_command("reseal")

    settings.SECRET_KEY_FALLBACKS = []
    case.refresh_from_db()
    assert case.link_token == LINK
    assert ShortCode.objects.with_code(code.code).get().code == code.code
    assert unseal(Authenticator.objects.get().data["secret"]) == "ABCD"
