"""A short code by which somebody finds their request again without the long link."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from consultations.models.request import SupportRequest
from core.privacy import About, Erase, Retention, Tags
from core.privacy.encryption import SealedField
from core.search.text import fold

LENGTH = 6
# Of signs that are taken for each other one is used. Each is said by a word on the phone.
SPELLING: dict[str, str | Promise] = {
    "0": pgettext_lazy("spelling", "zero"),
    "1": pgettext_lazy("spelling", "one"),
    "2": pgettext_lazy("spelling", "two"),
    "3": pgettext_lazy("spelling", "three"),
    "4": pgettext_lazy("spelling", "four"),
    "5": pgettext_lazy("spelling", "five"),
    "6": pgettext_lazy("spelling", "six"),
    "7": pgettext_lazy("spelling", "seven"),
    "8": pgettext_lazy("spelling", "eight"),
    "9": pgettext_lazy("spelling", "nine"),
    "A": pgettext_lazy("spelling", "Alfa"),
    "C": pgettext_lazy("spelling", "Charlie"),
    "E": pgettext_lazy("spelling", "Echo"),
    "F": pgettext_lazy("spelling", "Foxtrot"),
    "H": pgettext_lazy("spelling", "Hotel"),
    "K": pgettext_lazy("spelling", "Kilo"),
    "N": pgettext_lazy("spelling", "November"),
    "P": pgettext_lazy("spelling", "Papa"),
    "R": pgettext_lazy("spelling", "Romeo"),
    "T": pgettext_lazy("spelling", "Tango"),
    "V": pgettext_lazy("spelling", "Victor"),
    "X": pgettext_lazy("spelling", "X-ray"),
}
# What is read or heard in place of one of them.
MISTAKEN = str.maketrans("OQDILJZSGBMUWY", "0001112568NVVV")


def new_code() -> str:
    """Return six signs by chance: one of a hundred million codes."""
    return "".join(secrets.choice(list(SPELLING)) for _sign in range(LENGTH))


def read_code(typed: str) -> str:
    """Return a code as it was meant: in any case, with spaces or dashes, with signs that look alike."""
    signs = [sign for sign in fold(typed).upper() if sign.isascii() and sign.isalnum()]
    return "".join(signs).translate(MISTAKEN)


def digests_of(code: str) -> list[str]:
    """Return what a code may be looked up by: its digest under each key that counts, the newest first."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac("consultations.ShortCode", code, key, algorithm="sha256").hexdigest() for key in keys]


class ShortCodeQuerySet(models.QuerySet["ShortCode"]):
    def with_code(self, typed: str) -> "ShortCodeQuerySet":
        """Return the row with a code as somebody typed it, none or one."""
        return self.filter(code_digest__in=digests_of(read_code(typed)))


class ShortCode(models.Model):
    """Six signs that open one request together with the requester's phone number or a word of theirs."""

    request = models.OneToOneField(SupportRequest, on_delete=models.CASCADE, related_name="short_code")
    # It can be shown again on the page of the request; it is looked up by its keyed digest.
    code = SealedField("code")
    code_digest = models.CharField(max_length=64, unique=True)
    # A slow hash of the word; empty where the phone number is what is asked for.
    word = models.CharField("word", max_length=128, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    # Wrong tries since it was made or opened the request last. After too many it rests, each time longer.
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)

    PRIVACY = Tags(
        internal=("id", "request", "made_at", "wrong_tries", "rests_until"),
        sensitive=dict.fromkeys(
            ("code", "code_digest", "word"),
            About("request__requester", Erase.DELETE_ROW, Retention.CASE_TEXT, export=False),
        ),
    )

    objects = ShortCodeQuerySet.as_manager()

    def digest(self) -> None:
        """Set by what it is looked up, under the present key."""
        self.code_digest = digests_of(self.code)[0]

    @property
    def is_resting(self) -> bool:
        """Whether it opens nothing for now, whatever is said with it."""
        return self.rests_until is not None and self.rests_until > timezone.now()

    @property
    def phone(self) -> str:
        """The number that is asked for, as it stands on the request now; "" where the word is, or none is."""
        return "" if self.word else self.request.requester.phone

    @property
    def grouped(self) -> str:
        """The code as it is shown: "K7A 3F9"."""
        return f"{self.code[:3]}\u00a0{self.code[3:]}"

    @property
    def spelled(self) -> list[tuple[str, str | Promise]]:
        """Each sign with the word by which it is said on the phone."""
        return [(sign, SPELLING[sign]) for sign in self.code]
