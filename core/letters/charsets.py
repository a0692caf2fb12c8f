"""Bytes of mail as text, whatever they say that they are written in.

Czech mail says windows-1250 and is utf-8, says iso-8859-1 and is windows-1250,
or says nothing at all. So valid utf-8 is believed first, what is declared
second, and what is left is read in the set that gives the most plausible text.
"""

import codecs
import re
import unicodedata
from itertools import pairwise, starmap

# Names that Python does not know, without the "x-" before them.
_OTHER_NAMES = [
    (re.compile(r"(?:win(?:dows)?|cp|ibm|dos|pc|ms|oem|ansi)-?(\d{3,4})"), r"cp\1"),
    (re.compile(r"(?:iso-?)?8859-?(\d{1,2})(?:-[ei])?"), r"iso8859-\1"),
    (re.compile(r"latin-(\d+)"), r"latin\1"),
    (re.compile(r"mac(?:intosh)?-?(?:ce|centr.*|east.*|latin-?2)"), "mac-latin2"),
    (re.compile(r"mac(?:intosh)?-?(?:cyr.*|ukr.*)"), "mac-cyrillic"),
    (re.compile(r"koi8(?:-?ru)?"), "koi8-u"),
    (re.compile(r"unicode|(?:iso-10646-)?ucs-?2"), "utf-16"),
    (re.compile(r"unicode-1-1-utf-8|utf-?8.*"), "utf-8"),
]
# Python's other codecs are no charsets, or none that a mail is honestly written in.
_CHARSETS = re.compile(
    r"ascii|utf-(7|8|16|16-le|16-be|32)|cp\d+|iso8859-\d+|iso2022_\w+|koi8-[ru]|mac-\w+|"
    r"gb\w+|hz|big5\w*|euc_\w+|shift_jis\w*|johab|tis-620"
)
# In these, every byte or most bytes look like ASCII: only the declaration tells.
_DISGUISED = re.compile(r"utf-(7|16|32).*|iso2022_.*|hz")
_BEGINS_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CZECH = {"cp1250", "iso8859-2"}
_WESTERN = {"iso8859-1", "cp1252"}
# Said by programs that do not know.
_UNKNOWING = {"", "ascii", "utf-8"}

# Printed by windows-1250; in iso-8859-2 these are control characters.
_ONLY_1250 = re.compile(rb"[\x80-\x9f]")
# No language of Western Europe writes ø beside ì, è or ù; these bytes are Czech ř with ě, č or ů.
_CZECH_PAIR = re.compile(rb"\xf8.*[\xec\xe8\xf9]|[\xec\xe8\xf9].*\xf8", re.DOTALL)
_CZECH_SURELY = re.compile(rb"[\x8d\x8e\x9a\x9d\x9e]")

# In which an undeclared text may be written; of two that are as plausible the first one.
_GUESSES = ("cp1250", "iso8859-2", "mac-latin2", "cp852", "cp1251", "koi8-u", "cp1252")
_TELLING_WORDS = re.compile(rb"\S{0,20}[\x80-\xff]\S{0,20}")
_MOST_WORDS = 300
_CZECH_LETTERS = frozenset("áčďéěíňóřšťúůýž")
_NEAR_LETTERS = frozenset("äĺľôŕąćęłńśźżöüß" + "абвгдежзийклмнопрстуфхцчшщъыьэюяёєіїґ")

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


def decoded(content: bytes, charset: str = "") -> str:
    """Return bytes as text; `charset` is what the mail says of them, which may be wrong or unknown."""
    return content.decode(_codec_of(content, charset)[0], "replace")


def is_guessed(content: bytes, charset: str = "") -> bool:
    """Tell whether `decoded` reads these bytes otherwise than the mail says, or it says nothing of use."""
    return _codec_of(content, charset)[1]


def clean_line(text: str, limit: int) -> str:
    """Return text as one line without control, invisible and direction-changing characters."""
    line = unicodedata.normalize("NFC", " ".join(text[: limit * 20].split()))
    seen = "".join(c for c in line if unicodedata.category(c)[0] != "C")
    return " ".join(seen.split())[:limit].rstrip()


def clean_text(text: str) -> str:
    r"""Return text with "\n" as its only line end, without control and direction-changing characters."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def _codec(charset: str) -> str:
    """Return Python's name of a charset, "" where it is none that a mail may be written in."""
    name = charset.strip(" \t\r\n\"'").lower().replace("_", "-")[:40].partition(":")[0].removeprefix("x-")
    others = (match.expand(other) for known, other in _OTHER_NAMES if (match := known.fullmatch(name)))
    try:
        codec = codecs.lookup(next(others, name)).name
    except (LookupError, ValueError):
        return ""
    return codec if _CHARSETS.fullmatch(codec) else ""


def _codec_of(content: bytes, charset: str) -> tuple[str, bool]:
    """Return the codec to read bytes with, and whether that is a guess."""
    if content.startswith(_BEGINS_UTF_16):
        return "utf-16", False
    codec = _codec(charset)
    if _DISGUISED.fullmatch(codec) and (codec[:5] not in {"utf-1", "utf-3"} or b"\0" in content):
        return codec, False
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        likely = _likely(content, codec)
        return likely, likely not in (codec, "cp1252" if codec in _WESTERN else codec)
    return "utf-8-sig", False


def _likely(content: bytes, codec: str) -> str:
    """Return the codec of bytes that are no valid utf-8."""
    if codec in _CZECH:
        return "cp1250" if _ONLY_1250.search(content) else codec
    if codec in _WESTERN:
        is_czech = _CZECH_SURELY.search(content) or _CZECH_PAIR.search(content)
        return _most_plausible(content) if is_czech else "cp1252"
    if codec not in _UNKNOWING and "\ufffd" not in content.decode(codec, "replace"):
        return codec
    return "utf-8" if _is_torn_utf_8(content) else _most_plausible(content)


def _most_plausible(content: bytes) -> str:
    words = b" ".join(_TELLING_WORDS.findall(content)[:_MOST_WORDS])
    texts = {codec: f" {words.decode(codec, 'replace')}" for codec in _GUESSES}
    return max(_GUESSES, key=lambda codec: sum(starmap(_weight, pairwise(texts[codec]))))


def _weight(before: str, letter: str) -> int:
    """Return how much a letter behind another looks like the languages of those who write."""
    if letter.isascii():
        return -4 if letter.isalpha() and _is_cyrillic(before) else 0
    if unicodedata.category(letter) in {"Cc", "Co", "Cn"} or letter == "\ufffd":
        return -6
    if not letter.isalpha():
        return -3 if before.isalpha() and letter not in "–—“”„‚‘’…»\xa0" else 0
    if (letter.isupper() and before.islower()) or (
        before.isalpha() and _is_cyrillic(before) != _is_cyrillic(letter)
    ):
        return -4
    known = 3 if letter.lower() in _CZECH_LETTERS else 2 if letter.lower() in _NEAR_LETTERS else -1
    return known - (2 if letter.isupper() and before.isalpha() else 0)


def _is_cyrillic(letter: str) -> bool:
    return "\u0400" <= letter <= "\u052f"


def _is_torn_utf_8(content: bytes) -> bool:
    """Tell whether most of what is not ASCII is good utf-8: some bytes were lost on the way."""
    good = len(re.findall("[\x80-\ufffc]", content.decode("utf-8", "ignore")))
    return good > content.decode("utf-8", "replace").count("\ufffd")
