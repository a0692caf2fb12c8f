"""The style sheets: each names what a page uses, and stands beside the component that it draws."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from core.templatetags import components, ui
from tests.house.test_code import APPS, ROOT, templates

CSS = ROOT / "static/css"

# Classes and ids whose ends are values: a template writes "status-{{ tone }}".
BUILT = {
    *(f"status-{tone}" for tone, _shape in [*ui.STATES.values()]),
    *(f"entry-{direction}" for direction in components.DIRECTIONS),
    *(f"entry-{part}" for part in ("kind", "facts", "channel", "when")),
    *(f"notice-{kind}" for kind in ("success", "warning", "error")),
    "banner-warning",
    *(f"chart-bar-{series}" for series in range(3)),
    *(f"chart-line-{series}" for series in range(6)),
    # A list in a chapter whose items are to be ticked, by core.documents.parts.markup.
    "checklist",
    # The ids of two fields of the comparison, by bootstrap5/field.html.
    "div_id_indicator",
    "div_id_alone",
}

ATTRIBUTE = re.compile(r'\b(?:class|id)="([^"]*)"')
# Arguments of the tags in core/templatetags/components.py that become a class.
ARGUMENT = re.compile(r'\b(?:css|style)="([^"]*)"')


def words(texts: list[str]) -> set[str]:
    """Return the single words of attribute values."""
    return {word for text in texts for word in re.findall(r"[\w-]+", text)}


def used_by_templates() -> set[str]:
    """Return the classes and ids that our templates write."""
    found: set[str] = set()
    for path in templates():
        text = path.read_text()
        # What stands between the brackets of a tag may hold quotes of its own.
        flat = re.sub(r"{%.*?%}|{{.*?}}", lambda tag: tag[0].replace('"', "'"), text, flags=re.DOTALL)
        found |= words(ATTRIBUTE.findall(flat)) | words(ARGUMENT.findall(text))
    return found


def used_by_python() -> Iterator[str]:
    """Yield the classes that our code writes: in HTML, in widgets and in layouts of forms."""
    for path in (path for app in APPS for path in (ROOT / app).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Constant(value=str(text)):
                    yield from words(ATTRIBUTE.findall(text))
                case ast.keyword(arg="css_class" | "css_id", value=ast.Constant(value=text)):
                    yield from text.split()
                case ast.Dict():
                    pairs = zip(node.keys, node.values, strict=True)
                    yield from words([ast.unparse(value) for key, value in pairs if _is_class(key)])


def _is_class(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Constant) and key.value == "class"


def used_by_scripts() -> set[str]:
    """Return the classes that our scripts give."""
    sources = [path.read_text() for path in (ROOT / "static/js").glob("*.js")]
    return words([name for text in sources for name in re.findall(r'className = "([^"]*)"', text)])


def named_in(css: str) -> set[str]:
    """Return the classes and ids that the selectors of a sheet name."""
    selectors = re.findall(r"[^{};]*(?={)", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    return {name for selector in selectors for name in re.findall(r"[.#]([a-zA-Z][\w-]*)", selector)}


def sheets() -> list[Path]:
    """Return our style sheets."""
    return sorted(CSS.rglob("*.css"))


def test_selectors_are_read():
    css = "/* .no {} */ .a > #b:not(.c), d { margin: .5em }\n@media (width > 1.5em) { .e::before {} }"

    assert named_in(css) == {"a", "b", "c", "e"}


def test_every_class_in_the_sheets_is_used_by_a_page():
    used = BUILT | used_by_templates() | {*used_by_python()} | used_by_scripts()

    unused = {path.name: sorted(named_in(path.read_text()) - used) for path in sheets()}
    assert {name: names for name, names in unused.items() if names} == {}


def test_a_sheet_of_a_component_is_called_as_its_template_or_tag():
    names = {
        path.stem
        for folder in ("components", "bootstrap5")
        for path in (ROOT / "templates" / folder).glob("*")
    } | {*ui.register.tags}

    assert [path.name for path in (CSS / "components").glob("*") if path.stem not in names] == []


def test_a_sheet_of_more_than_400_lines_is_two():
    assert [path.name for path in sheets() if path.read_text().count("\n") > 400] == []
