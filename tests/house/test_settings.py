"""The portal does not start unsafely."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SAFE = {
    "SECRET_KEY": "k3" * 30,
    "BASE_URL": "https://portal.example",
    "ALLOWED_HOSTS": "portal.example",
    "MAIL_URL": "smtp://localhost:25",
}


def start(tmp_path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "import shsp.settings as s; print(s.SESSION_COOKIE_NAME, s.DEBUG)"],
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
    )


def test_starts_with_all_it_needs(tmp_path):
    assert start(tmp_path, **SAFE).stdout == "__Host-sid False\n"


@pytest.mark.parametrize("missing", sorted(SAFE))
def test_refuses_without(tmp_path, missing):
    process = start(tmp_path, **{name: value for name, value in SAFE.items() if name != missing})

    assert process.returncode == 1
    assert f"{missing} is not set" in process.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY must be random"),
        ("BASE_URL", "http://portal.example", "BASE_URL must begin with https://"),
    ],
)
def test_refuses_an_unsafe_value(tmp_path, name, value, sentence):
    process = start(tmp_path, **{**SAFE, name: value})

    assert process.returncode == 1
    assert sentence in process.stderr


def test_local_mode_makes_its_own_key_and_keeps_it(tmp_path):
    assert start(tmp_path, LOCAL="1").stdout == "sid False\n"
    key = (tmp_path / "secret_key").read_text()

    start(tmp_path, LOCAL="1")

    assert (tmp_path / "secret_key").read_text() == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_what_the_portal_writes_is_its_owners_alone(tmp_path):
    data = tmp_path / "var"
    data.mkdir(mode=0o755)
    database = data / "portal.sqlite3"
    # As an older version would have left them.
    for name in ("", "-wal"):
        Path(f"{database}{name}").touch(mode=0o644)
    script = """
import django; django.setup()
from django.conf import settings
from django.core.mail import send_mail
from django.db import connection
from shsp.management.commands.setup import close_to_others
connection.cursor().execute("CREATE TABLE t (x)")
close_to_others()
send_mail("x", "x", "a@example.org", ["b@example.org"])
print(*sorted(f"{path.name.partition('-')[2] or path.suffix} {path.stat().st_mode & 0o777:o}"
    for path in settings.VAR_DIR.rglob("*") if path.is_file()), sep="\\n")
print(*(f"{folder.stat().st_mode & 0o777:o}" for folder in (settings.VAR_DIR, settings.VAR_DIR / "mail")))
"""
    process = subprocess.run(
        [sys.executable, "-c", script],
        env={
            "PATH": os.environ["PATH"], "VAR_DIR": str(data), "LOCAL": "1",
            "DJANGO_SETTINGS_MODULE": "shsp.settings",
        },
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert process.stderr == ""
    *files, folders = process.stdout.splitlines()
    assert folders == "700 700"
    assert len(files) >= 4
    assert [file for file in files if not file.endswith(" 600")] == []
