"""The catalogue of translations: gathered from code and templates, checked, compiled.

Done with Babel, so that a machine without GNU gettext can do all of it.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
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


def po_file(language: str) -> Path:
    """Return where a language's texts are kept."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def gather() -> Catalog:
    """Return all message ids in our code and templates."""
    catalogue = Catalog(project="portal", charset="utf-8")
    for path, method, source in _sources():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        for _line, message, _comments, context in extract(method, BytesIO(source.encode()), KEYWORDS):
            text = message if isinstance(message, str) else message[0]
            flags = ["python-format"] if "%(" in text else []
            catalogue.add(message, locations=[(name, 0)], context=context, flags=flags)
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


def read(language: str) -> Catalog:
    """Return a language's catalogue as it is kept."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> list[str]:
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


def check(language: str) -> list[str]:
    """Return the ids in a catalogue without, with a doubtful, or with a needless translation."""
    kept, found = read(language), gather()
    faults = []
    for message in filter(lambda message: message.id, found):
        translated = kept.get(message.id, message.context)
        strings = translated.string if translated else ""
        if not all([strings] if isinstance(strings, str) else strings or [""]):
            faults.append(f"missing: {message.id}")
        elif translated and translated.fuzzy:
            faults.append(f"fuzzy: {message.id}")
    return faults + [f"unused: {one.id}" for one in kept if one.id and found.get(one.id, one.context) is None]


def compile_catalogues() -> None:
    """Compile the texts that are newer than what was compiled."""
    for source in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with target.open("wb") as file:
            write_mo(file, read(source.parent.parent.name))
