"""Rules of the house that can be read off the code."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("shsp", "core", "accounts", "municipalities", "consultations", "studies", "visits")


Code = list[tuple[str, ast.Module]]


@pytest.fixture(scope="module")
def code() -> Code:
    """Return our modules by name, parsed once for all rules; migrations are Django's hand."""
    return list(_parsed())


@pytest.fixture(scope="module")
def called(code: Code) -> list[tuple[str, set[str]]]:
    """Return what each module calls."""
    return [(path, set(calls(tree))) for path, tree in code]


def _parsed() -> Iterator[tuple[str, ast.Module]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def calls(tree: ast.Module) -> Iterator[str]:
    """Yield the name of everything that a module calls or decorates with."""
    for node in ast.walk(tree):
        target = node.func if isinstance(node, ast.Call) else None
        if isinstance(target, ast.Name):
            yield target.id
        elif isinstance(target, ast.Attribute):
            yield target.attr


@pytest.mark.parametrize("name", ["receiver", "eval", "exec", "mark_safe", "extra", "raw", "loads_pickle"])
def test_nothing_calls(called, name):
    assert [path for path, names in called if name in names] == []


def test_no_exception_is_caught_whatever_it_is(code):
    broad = []
    for path, tree in code:
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
            ):
                broad.append(f"{path}:{node.lineno}")
    assert broad == []


def test_views_answer_by_run_verb_alone(code):
    caught = set()
    for path, tree in code:
        if "views" not in path or path == "core/views/verbs.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler) and names_in(node.type) & {"Refused", "Conflict"}:
                caught.add(path)
    assert caught == set()


def names_in(node: ast.AST | None) -> set[str]:
    """Return the plain names in an expression."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)} if node else set()


def test_only_core_states_sets_a_state(code):
    setters = [
        f"{path}:{node.lineno}"
        for path, tree in code
        if path != "core/states.py"
        for node in ast.walk(tree)
        if sets_a_state(node)
    ]
    assert setters == []


def sets_a_state(node: ast.AST) -> bool:
    """Tell whether this is `x.state = …`, or an update of a column `state`, named or in a dict."""
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Attribute) and target.attr == "state" for target in node.targets)
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name == "bulk_update":
        return any(is_word(inner, "state") for argument in node.args[1:] for inner in ast.walk(argument))
    if name != "update":
        return False
    changes = [word.value for word in node.keywords if word.arg is None]
    return any(word.arg == "state" for word in node.keywords) or any(
        isinstance(inner, ast.Dict) and any(is_word(key, "state") for key in inner.keys)
        for change in changes
        for inner in ast.walk(change)
    )


def is_word(node: ast.AST | None, word: str) -> bool:
    """Tell whether this is a text of the code."""
    return isinstance(node, ast.Constant) and node.value == word


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('row.state = "sent"', True),
        ('rows.filter(pk=1).update(state="sent", tries=1)', True),
        ('rows.update(**{"state": "sent"})', True),
        ('rows.update(**{**also, "state": "sent"})', True),
        ('rows.bulk_update(found, ["tries", "state"])', True),
        ('move(row, "sent", also={"tries": 1})', False),
        # core.states' own: a state that was kept comes back, guarded like a move.
        ('update(row, also={"state": "sent"})', False),
        ('rows.filter(state="sent").update(tries=1)', False),
        ('context.update({"state": "sent"})', False),
    ],
)
def test_an_update_of_a_state_is_seen(line, expected):
    assert any(map(sets_a_state, ast.walk(ast.parse(line)))) is expected


def test_every_public_function_and_class_says_what_it_does(code):
    silent = []
    for path, tree in code:
        for node in tree.body:
            if (
                isinstance(node, ast.FunctionDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                silent.append(f"{path}: {node.name}")
    assert silent == []


STYLE_OR_SCRIPT = re.compile(
    r"<style\b|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|hx-on|javascript:", re.IGNORECASE
)


def templates() -> list[Path]:
    """Return our page templates."""
    return sorted((ROOT / "templates").rglob("*.html"))


def test_no_template_holds_a_script_or_a_style():
    # What stands in a template tag is an argument, not an attribute.
    pages = {path: re.sub(r"{%.*?%}", "", path.read_text(), flags=re.DOTALL) for path in templates()}
    assert [str(path) for path, text in pages.items() if STYLE_OR_SCRIPT.search(text)] == []


def test_a_form_tells_its_faults_once():
    # crispy-forms shows the summary with the form.
    whole = re.compile(r"{% crispy (\w+) %}|{{ (\w+)\|crispy }}")
    twice = [
        path.name
        for path in templates()
        for text in [path.read_text()]
        for match in whole.finditer(text)
        if f"{{% error_summary {match[1] or match[2]} %}}" in text
    ]
    assert twice == []


def test_every_template_is_used():
    sources = [path.read_text() for path in (ROOT / "templates").rglob("*.*")]
    sources += [path.read_text() for app in APPS for path in (ROOT / app).rglob("*.py")]
    text = "\n".join(sources)
    # Found by their names by Django, allauth and crispy, not by us.
    by_convention = ("account/", "mfa/", "usersessions/", "allauth/", "bootstrap5/", "django/")
    unused = []
    for path in templates():
        name = path.relative_to(ROOT / "templates").as_posix()
        if name.startswith(by_convention) or re.fullmatch(r"\d{3}(_csrf)?\.html", name):
            continue
        # A component is drawn by the tag of its name in core/templatetags/components.py.
        if name not in text and not (name.startswith("components/") and f"\ndef {path.stem}(" in text):
            unused.append(name)
    assert unused == []


def test_the_repo_names_no_machine_and_no_registry():
    # Built in pieces, so that this file does not name them either.
    words = ["/wo" + "rk/", "py" + "pi.org", "python" + "hosted", "npm" + "js"]
    named = []
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for path in map(ROOT.joinpath, tracked.split()):
        if not path.is_file():
            continue
        text = path.read_text(errors="replace")
        named += [f"{path.relative_to(ROOT)}: {word}" for word in words if word in text]
    assert named == []
