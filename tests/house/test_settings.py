"""The portal does not start unsafely."""

import os
import subprocess
import sys

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
