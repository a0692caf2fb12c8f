"""The catalogue of translations: gathered from code and templates, checked, compiled.

Done with Babel, so that a machine without GNU gettext can do all of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **{f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")},
    "gettext_noop": None,
}
CODE = ("shsp", "core", "accounts", "municipalities", "consultations", "studies", "visits")
TEMPLATE_ENDINGS = (".html", ".txt")
# Heads of the file that say when and by what it was written, and would differ each time.
PASSING = tuple(
    f'"{head}'
    for head in ("Project", "Report", "POT-Creation", "PO-Revision", "Last-Tr", "Language-Team", "Generated")
)


@dataclass
class Faults:
    """What is wrong with a catalogue: ids without, with a doubtful, or with a needless translation."""

    missing: list[str] = field(default_factory=list)
    fuzzy: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.fuzzy or self.unused)


def po_file(language: str) -> Path:
    """Return where a language's texts are kept."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def gather() -> Catalog:
    """Return all message ids in our code and templates."""
    catalogue = Catalog(project="portal", charset="utf-8")
    for path, method, source in _sources():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        for _line, message, _comments, context in extract(method, BytesIO(source.encode()), KEYWORDS):
            catalogue.add(message, locations=[(name, 0)], context=context, flags=_flags(message))
    return catalogue


def _sources() -> Iterator[tuple[Path, str, str]]:
    for folder in CODE:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, "python", path.read_text()
    for path in sorted((settings.BASE_DIR / "templates").rglob("*")):
        if path.suffix in TEMPLATE_ENDINGS:
            # Django turns all but the texts into filler, which a tolerant lexer steps over.
            yield path, "javascript", templatize(path.read_text(), origin=str(path))


def _flags(message: str | tuple[str, ...]) -> list[str]:
    text = message if isinstance(message, str) else message[0]
    return ["python-format"] if "%(" in text else []


def read(language: str) -> Catalog:
    """Return a language's catalogue as it is kept."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> Faults:
    """Bring a catalogue up to the code, drop what is no longer used; return what is left to do."""
    kept, found = read(language), gather()
    kept.update(found, no_fuzzy_matching=True, update_header_comment=False)
    kept.obsolete.clear()
    kept.header_comment = "# Texts of the portal."
    written = BytesIO()
    write_po(written, kept, width=110, sort_output=True, no_location=True)
    lines = written.getvalue().decode().splitlines(keepends=True)
    po_file(language).write_text("".join(line for line in lines if not line.startswith(PASSING)))
    return check(language)


def check(language: str) -> Faults:
    """Compare a language's catalogue with the code."""
    kept, found = read(language), gather()
    faults = Faults()
    for message in found:
        if message.id:
            _compare(message, kept.get(message.id, message.context), faults)
    faults.unused = [str(m.id) for m in kept if m.id and found.get(m.id, m.context) is None]
    return faults


def _compare(message: Message, translated: Message | None, faults: Faults) -> None:
    strings = translated.string if translated else ""
    if translated is None or not strings or (not isinstance(strings, str) and not all(strings)):
        faults.missing.append(str(message.id))
    elif translated.fuzzy:
        faults.fuzzy.append(str(message.id))


def compile_catalogues() -> list[Path]:
    """Compile the texts that are newer than what was compiled, and return the files written."""
    written = []
    for source in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        with target.open("wb") as file:
            write_mo(file, catalogue)
        written.append(target)
    return written
