"""Bytes of mail as text, whatever they say that they are written in.

Czech mail says windows-1250 and is utf-8, says iso-8859-1 and is windows-1250,
or says nothing at all. So valid utf-8 is believed first, what is declared
second, and what is left is told apart by the bytes that only one of the two
Czech code pages has in the middle of words.
"""

import codecs
import re
import unicodedata

# Names that Python does not know.
_ALIASES = {
    "cp-1250": "cp1250",
    "win-1250": "cp1250",
    "win1250": "cp1250",
    "windows1250": "cp1250",
    "x-cp1250": "cp1250",
    "x-windows-1250": "cp1250",
    "iso-88592": "iso-8859-2",
    "latin-2": "iso-8859-2",
    "cp-1252": "cp1252",
    "unicode-1-1-utf-8": "utf-8",
}
# Python's other codecs are no charsets, or none that a mail is honestly written in.
_CHARSETS = re.compile(
    r"ascii|utf-(7|8|16|16-le|16-be|32)|cp\d+|iso8859-\d+|iso2022_\w+|koi8-[ru]|mac-\w+|"
    r"gb\w+|hz|big5\w*|euc_\w+|shift_jis\w*|johab|tis-620"
)
# In these, every byte or most bytes look like ASCII: only the declaration tells.
_DISGUISED = re.compile(r"utf-(7|16|32).*|iso2022_.*|hz")
_CZECH = {"cp1250", "iso8859-2"}
_WESTERN = {"iso8859-1", "cp1252"}
# Said by programs that do not know.
_UNKNOWING = {"", "ascii", "utf-8"}

# Printed by windows-1250; in iso-8859-2 these are control characters.
_ONLY_1250 = re.compile(rb"[\x80-\x9f]")
# š ž ť of iso-8859-2 within a word; in windows-1250 these are signs.
_ONLY_LATIN_2 = re.compile(
    rb"[A-Za-z\xc0-\xff][\xa9\xab\xae\xb9\xbb\xbe]|[\xa9\xab\xae\xb9\xbb\xbe][a-z\xe0-\xff]"
)
# No language of Western Europe writes ø beside ì, è or ù; these bytes are Czech ř with ě, č or ů.
_CZECH_PAIR = re.compile(rb"\xf8.*[\xec\xe8\xf9]|[\xec\xe8\xf9].*\xf8", re.DOTALL)
_CZECH_SURELY = re.compile(rb"[\x8d\x8e\x9a\x9d\x9e]")

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


def decoded(content: bytes, charset: str = "") -> str:
    """Return bytes as text; `charset` is what the mail says of them, which may be wrong or unknown."""
    codec = _codec(charset)
    if _DISGUISED.fullmatch(codec):
        return content.decode(codec, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode(_likely(content, codec), "replace")


def clean_line(text: str, limit: int) -> str:
    """Return text as one line without control, invisible and direction-changing characters."""
    line = unicodedata.normalize("NFC", " ".join(text[: limit * 20].split()))
    seen = "".join(c for c in line if unicodedata.category(c)[0] != "C")
    return " ".join(seen.split())[:limit].rstrip()


def clean_text(text: str) -> str:
    r"""Return text with "\n" as its only line end, without control and direction-changing characters."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def _codec(charset: str) -> str:
    name = charset.strip(" \t\r\n\"'").lower().replace("_", "-")[:40]
    try:
        codec = codecs.lookup(_ALIASES.get(name, name)).name
    except (LookupError, ValueError):
        return ""
    return codec if _CHARSETS.fullmatch(codec) else ""


def _likely(content: bytes, codec: str) -> str:
    """Return the codec of bytes that are no valid utf-8."""
    has_1250 = _ONLY_1250.search(content)
    if codec in _CZECH:
        return "cp1250" if has_1250 else codec
    guess = "iso8859-2" if not has_1250 and _ONLY_LATIN_2.search(content) else "cp1250"
    if codec in _WESTERN:
        is_czech = _CZECH_SURELY.search(content) or _CZECH_PAIR.search(content)
        return guess if is_czech else "cp1252"
    if codec not in _UNKNOWING:
        return codec
    return "utf-8" if _is_torn_utf_8(content) else guess


def _is_torn_utf_8(content: bytes) -> bool:
    """Tell whether most of what is not ASCII is good utf-8: some bytes were lost on the way."""
    good = len(re.findall("[\x80-\ufffc]", content.decode("utf-8", "ignore")))
    return good > content.decode("utf-8", "replace").count("\ufffd")


__all__ = ["clean_line", "clean_text", "decoded"]
