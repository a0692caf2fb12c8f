"""The short code by which somebody finds their request again, with their phone number or a word of theirs.

Who guesses learns nothing: no such code, one that rests, a wrong word or number are answered alike, and
each costs one slow hash.
"""

import re
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from consultations.models import ShortCode, SupportRequest
from consultations.models.short_code import new_code
from consultations.requests.roles import reasons_of_role
from core import audit
from core.forms.fields import PhoneField
from core.search.text import fold
from core.states import Refused, refuse_for, verb

SHORTEST_WORD = 6
# After so many wrong tries a code rests for an hour, after each further one twice as long as before.
# Not for ever: who has only the code would lose their request to whoever mistypes it.
MOST_WRONG = 5
REST = timedelta(hours=1)
LONGEST_REST = timedelta(days=1)


def plain_word(typed: str) -> str:
    """Return a word as it counts: without its case, diacritics and spaces."""
    return "".join(fold(typed).split())


def reasons_against_making_code(request: SupportRequest, *, by: User | None) -> list[str]:
    """Return why no short code can be made; empty when nothing stands against it."""
    reasons = reasons_of_role(by) if by else []
    if request.is_official:
        reasons.append(_("Who asks from an account of a municipality finds the request after logging in."))
    return reasons


def reasons_against_word(request: SupportRequest, *, word: str) -> list[str]:
    """Return why a code cannot ask for a word, or without one for the phone number."""
    if not word:
        return [] if request.requester.phone else [_("There is no phone number here yet. Choose a word.")]
    plain = plain_word(word)
    if len(plain) < SHORTEST_WORD:
        words = ngettext(
            "Choose a word of at least %(count)s sign.",
            "Choose a word of at least %(count)s signs.",
            SHORTEST_WORD,
        )
        return [words % {"count": SHORTEST_WORD}]
    if {plain, re.sub(r"\d", "", plain)} & _known_of(request):
        return [_("Others know this word, since it stands in your request. Choose another one.")]
    try:
        CommonPasswordValidator().validate(plain)
    except ValidationError:
        return [_("Many people choose this word. Choose one that nobody would guess.")]
    return []


def _known_of(request: SupportRequest) -> set[str]:
    """Return the words of a request that others may know: of its number, its requester, its place."""
    person, place = request.requester, request.municipality
    known = [request.reference, request.reference.replace("-", ""), person.name, *person.name.split()]
    known += [person.organisation, person.phone, person.phone[-9:], person.email, *person.email.split("@")]
    known += [place.name] if place else []
    return {plain_word(text) for text in known} - {""}


@verb(against=reasons_against_making_code)
def make_code(request: SupportRequest, *, word: str = "", by: User | None) -> ShortCode:
    """Make a short code that asks for `word`, or without one for the phone number; one before stops working.

    `by` is None behind the private link, and the account of who makes it for somebody on the phone.
    Raises Refused, too, with reasons_against_word.
    """
    refuse_for(reasons_against_word(request, word=word))
    made = ShortCode(request=request, code=_free_code())
    made.digest()
    kept = make_password(plain_word(word)) if word else ""
    columns = {"code": made.code, "code_digest": made.code_digest, "word": kept, "made_at": timezone.now()}
    columns |= {"wrong_tries": 0, "rests_until": None}
    code, _is_new = ShortCode.objects.update_or_create(request=request, defaults=columns)
    audit.record("request.make_code", request, by=by, asks_for="word" if word else "phone")
    return code


def _free_code() -> str:
    return next(code for code in iter(new_code, "") if not ShortCode.objects.with_code(code).exists())


def reasons_against_dropping_code(request: SupportRequest) -> list[str]:
    """Return why there is no code to take away; empty when there is one."""
    there = ShortCode.objects.filter(request=request).exists()
    return [] if there else [_("There is no short code any more.")]


@verb(against=reasons_against_dropping_code)
def drop_code(request: SupportRequest, *, by: User | None) -> None:
    """Take the short code away; it opens nothing any more."""
    ShortCode.objects.filter(request=request).delete()
    audit.record("request.drop_code", request, by=by)


def open_by_code(*, code: str, proof: str) -> SupportRequest:
    """Return the request of a code, where `proof` is the phone number or the word that it asks for.

    Raises Refused with always the same sentence, and keeps the wrong try. The slow hash is reckoned
    outside of a transaction: nobody else waits for who guesses.
    """
    claimed = _claim_try(code)
    if not _is_right(claimed, proof):
        if claimed and claimed.is_resting:
            audit.record("request.rest_code", claimed.request, by=None)
        raise Refused([_("Nothing was found. Check both: the code, and the phone number or the word.")])
    assert claimed is not None  # nothing is right without a code
    return _forgive(claimed)


@transaction.atomic
def _claim_try(typed: str) -> ShortCode | None:
    """Count a try as a wrong one before it is looked at: many at once are no more than one by one."""
    rows = ShortCode.objects.with_code(typed).select_related("request__requester")
    code = rows.select_for_update(of=["self"]).first()
    if code is None or code.is_resting:
        return None
    code.wrong_tries += 1
    code.rests_until = _rest_after(code.wrong_tries)
    code.save(update_fields=["wrong_tries", "rests_until"])
    return code


def _rest_after(tries: int) -> datetime | None:
    more = tries - MOST_WRONG
    return timezone.now() + min(REST * 2 ** min(more, 10), LONGEST_REST) if more >= 0 else None


def _is_right(code: ShortCode | None, said: str) -> bool:
    """Tell whether what was said with a code is what it asks for; one slow hash in any case."""
    if code and code.word:
        return check_password(plain_word(said), code.word)
    make_password(plain_word(said))
    phone = _number(code.phone) if code else ""
    return bool(phone) and constant_time_compare(_number(said), phone)


def _number(text: str) -> str:
    """Return a phone number in the one way that it is kept, or "" where it is none."""
    try:
        return PhoneField(required=False).clean(text)
    except ValidationError:
        return ""


@transaction.atomic
def _forgive(code: ShortCode) -> SupportRequest:
    """Forget the tries of a code that opens its request."""
    ShortCode.objects.filter(pk=code.pk).update(wrong_tries=0, rests_until=None)
    audit.record("request.open_by_code", code.request, by=None)
    return code.request
