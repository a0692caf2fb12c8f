"""`manage.py load_demo`: accounts of every role and made-up records, all marked as samples."""

import argparse
import json
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.duty.actions import set_week
from accounts.duty.queries import monday_of
from accounts.models import Duty, User
from accounts.permissions import Role
from consultations.requests import demo
from municipalities.choices import MembershipRole
from municipalities.exchange import demo as exchange_demo
from municipalities.models import Membership, Municipality
from visits.pages import demo as visits_demo

# Addresses of a domain that can never exist; officials with the municipality they speak for.
ACCOUNTS = [
    (Role.CONSULTANT, "konzultantka@demo.example", "Kateřina Konzultantka (ukázka)", ""),
    (Role.CONSULTANT, "konzultant@demo.example", "Kryštof Konzultant (ukázka)", ""),
    (Role.EDITOR, "editorka@demo.example", "Edita Editorka (ukázka)", ""),
    (Role.COORDINATOR, "koordinator@demo.example", "Kamil Koordinátor (ukázka)", ""),
    (Role.ADMINISTRATOR, "spravkyne@demo.example", "Soňa Správkyně (ukázka)", ""),
    (Role.OFFICIAL, "urednice.most@demo.example", "Milada Mostecká (ukázka)", "most"),
    (Role.OFFICIAL, "urednik.brno@demo.example", "Bruno Brněnský (ukázka)", "brno"),
]


class Command(BaseCommand):
    """Refuses on a portal with real accounts. Run again, it adds what is missing and sets new passwords."""

    help = __doc__

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, metavar="FILE", help="write the logins there as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(is_demo=False).exists():
            raise CommandError(
                "This portal has real accounts. Demonstration data may only go to an empty one."
            )
        if not Municipality.objects.pilots().exists():
            raise CommandError("There are no municipalities yet. Run `manage.py setup` first.")
        logins = self._make_accounts()
        self._fill_rota()
        self.stdout.write(f"requests made: {demo.load(self._cast())}")
        self.stdout.write(f"questions in the exchange made: {exchange_demo.load(self._cast().officials)}")
        self.stdout.write(f"study visits made: {visits_demo.load(**vars(self._cast()))}")
        self._tell(logins, options["out"])

    @transaction.atomic
    def _make_accounts(self) -> list[dict[str, str]]:
        logins = []
        for role, email, name, slug in ACCOUNTS:
            user = User.objects.filter(email=email).first()
            user = user or User(email=email, name=name, role=role, is_demo=True)
            password = secrets.token_urlsafe(12)
            user.set_password(password)
            user.save()
            if slug:
                self._make_membership(user, slug)
            logins.append({"role": str(role), "email": email, "password": password, "municipality": slug})
        return logins

    def _make_membership(self, user: User, slug: str) -> None:
        place = Municipality.objects.get(slug=slug)
        Membership.objects.get_or_create(
            user=user, municipality=place, ends_on=None, defaults={"role": MembershipRole.SOCIAL_WORKER}
        )

    def _fill_rota(self) -> None:
        """Let the first consultant be on duty this week and the other one next week, where nobody is."""
        users = {user.email: user for user in User.objects.all()}
        monday = monday_of(timezone.localdate())
        for week, (_role, email, _name, _slug) in enumerate(ACCOUNTS[:2]):
            day = monday + timedelta(weeks=week)
            if not Duty.objects.filter(monday=day).exists():
                set_week(day, users=[users[email]], seen=[], by=users[ACCOUNTS[3][1]])

    def _cast(self) -> demo.Cast:
        users = {user.email: user for user in User.objects.all()}
        emails = {slug: email for role, email, _name, slug in ACCOUNTS if slug}
        return demo.Cast(
            consultant=users[ACCOUNTS[0][1]],
            editor=users[ACCOUNTS[2][1]],
            officials={slug: users[email] for slug, email in emails.items()},
        )

    def _tell(self, logins: list[dict[str, str]], out: Path | None) -> None:
        if out is None:
            for login in logins:
                self.stdout.write("{role:14} {email:30} {password}  {municipality}".format(**login))
            return
        out.parent.mkdir(parents=True, exist_ok=True)
        out.touch(mode=0o600)
        out.write_text(json.dumps(logins, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        self.stdout.write(f"logins: {out}")
