"""The portal's settings for the test run: the same, but quick and alone on the machine."""

import os
import tempfile

os.environ.setdefault("LOCAL", "1")
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-tests-")

from shsp.settings import *  # noqa: F403
from shsp.settings import DATABASES, INSTALLED_APPS, STORAGES, TEMPLATES
from tests.templates import UndefinedVariable

INSTALLED_APPS = [*INSTALLED_APPS, "tests.trial"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable()
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # What a test writes need not survive a power cut, so nothing waits for the disk.
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    # A real file, so that the browser journeys' server has connections of its own, as in life.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["VAR_DIR"], "test.sqlite3")}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
