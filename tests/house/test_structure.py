"""The tree of docs/structure.md: a folder for each capability, the same names in it, tests that mirror it."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SLICED = ("consultations", "municipalities", "studies", "visits")
# Names side by side at the root of an app; a new capability is a folder, not one more file here.
MOST_NAMES = {"consultations": 18, "municipalities": 18, "studies": 14, "visits": 14, "core": 22}
AT_THE_ROOT = {
    "__init__.py", "apps.py", "choices.py", "hooks.py", "management", "migrations", "models",
    "translation.py", "urls.py",
}  # fmt: skip
# What a capability may consist of, a module or a package of that name each.
USUAL = {
    "__init__", "actions", "choices", "data", "emails", "filters", "forms", "kind", "loading", "queries",
    "tasks", "timeline", "urls", "views",
}  # fmt: skip
# Helpers beside these, named by the noun that the field uses.
HELPERS = {
    "consultations/desk": {
        "dossier", "drafts", "export", "history", "neighbours", "origins", "request_page", "taxonomy",
        "timesheet", "today",
    },
    "consultations/intake": {"conversation", "corrections", "receipts", "similar", "urgency"},
    "consultations/mailbox": {"imap", "language", "matches", "notices", "placement", "senders"},
    "consultations/prepared": {"insertions"},
    "consultations/related": {"turn"},
    "consultations/requests": {
        "clock", "demo", "form_fields", "form_keys", "known_people", "mentions", "notices", "roles",
        "salutation", "search",
    },
    "consultations/support": {"page"},
    "municipalities/comparison": {"table", "tables"},
    "municipalities/exchange": {"demo", "search"},
    "municipalities/figures": {"charts", "numbers", "templatetags"},
    "municipalities/places": {
        "known_people", "maps", "offices", "outlines", "picker", "profile", "register", "search", "similar",
        "small_places", "successions",
    },
    "municipalities/returns": {"checks"},
    "municipalities/timeline": {"page"},
    "studies/exports": {"accessibility", "citations", "pdf"},
    "studies/imports": {"docx", "manuscript", "odt"},
    "studies/pages": {"facts", "parts"},
    "studies/texts": {"imports"},
    "studies/reviews": {"anchors", "clock", "passages", "roles"},
    "visits/attendance": {"calendar", "history", "tabs"},
    "visits/deliveries": {"addresses"},
    "visits/lessons": {"page"},
    "visits/pages": {"demo", "facts", "next_step", "parts"},
    "visits/reports": {"differences", "pdf"},
}  # fmt: skip
# Modules that mypy does not check yet; never more.
MOST_EXEMPT = 48
# Folders of tests that mirror nothing: rules, journeys, and what tests are made of.
SUBJECTS = ("bench", "factories", "house", "journeys", "load", "mails", "trial", "worlds")


def names_in(folder: str) -> set[str]:
    """Return the names side by side in a folder, without what Python or a machine leaves there."""
    return {path.name for path in (ROOT / folder).iterdir() if not path.name.startswith(("__pycache__", "."))}


def capabilities() -> Iterator[str]:
    """Yield each capability's folder: `consultations/peers`."""
    for app in SLICED:
        yield from (f"{app}/{name}" for name in sorted(names_in(app) - AT_THE_ROOT))


@pytest.mark.parametrize(("app", "most"), MOST_NAMES.items())
def test_the_root_of_an_app_stays_small(app, most):
    assert len(names_in(app)) <= most


def test_what_stands_at_the_root_of_an_app_is_a_capability():
    assert [name for name in capabilities() if not (ROOT / name).is_dir()] == []


def test_a_capability_uses_the_usual_file_names():
    found = {
        name: {Path(file).stem for file in names_in(name)} - USUAL for name in capabilities()
    }  # fmt: skip
    assert {name: files for name, files in found.items() if files} == HELPERS


def test_a_capability_has_at_least_five_files():
    sizes = {name: len(list((ROOT / name).rglob("*.py"))) for name in capabilities()}
    # What reads texts of others waits for those who use it.
    assert {name: size for name, size in sizes.items() if size < 5} == {
        "studies/exports": 4,
        "studies/imports": 4,
    }


def test_templates_lie_in_the_folder_of_their_capability():
    strays = [
        path.relative_to(ROOT).as_posix()
        for app in SLICED
        for path in sorted((ROOT / "templates" / app).rglob("*.html"))
        if "/".join(path.relative_to(ROOT / "templates").parts[:2]) not in set(capabilities())
    ]
    assert strays == []


def module_of(test: Path) -> Path | None:
    """Return the module whose tests a file holds: the longest of its words that name one.

    `test_merge_race.py` is one of the tests of `merge.py`.
    """
    folder = ROOT / test.parent.relative_to(ROOT / "tests")
    words = test.stem.removeprefix("test_").split("_")
    for count in range(len(words), 0, -1):
        name = "_".join(words[:count])
        for module in (folder / f"{name}.py", folder / name / "__init__.py"):
            if module.is_file():
                return module
    return None


def mirrors() -> dict[Path, Path | None]:
    """Return the module of each file of tests."""
    tests = (ROOT / "tests").rglob("test_*.py")
    return {
        test: module_of(test)
        for test in sorted(tests)
        if test.relative_to(ROOT / "tests").parts[0] not in SUBJECTS
    }


def test_tests_mirror_the_code_name_for_name():
    assert [test.relative_to(ROOT).as_posix() for test, module in mirrors().items() if module is None] == []


def test_every_verb_has_its_test_at_the_mirrored_place():
    tested = set(mirrors().values())
    verbs = [
        path
        for app in (*SLICED, "accounts", "core")
        for pattern in ("actions.py", "actions/*.py", "tasks.py")
        for path in (ROOT / app).rglob(pattern)
        if path.name != "__init__.py"
    ]
    assert [path.relative_to(ROOT).as_posix() for path in verbs if path not in tested] == []


def test_a_long_file_becomes_a_package():
    files = [path for app in (*SLICED, "core", "accounts", "shsp") for path in (ROOT / app).rglob("*.py")]
    lines = {path: len(path.read_text().splitlines()) for path in files if "migrations" not in path.parts}
    assert {path.relative_to(ROOT).as_posix(): count for path, count in lines.items() if count > 400} == {}


def test_fewer_and_fewer_modules_are_exempt_from_the_check_of_types():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    [exempt] = [one["module"] for one in settings["overrides"] if one.get("ignore_errors")]
    assert len(exempt) == MOST_EXEMPT
    missing = [name for name in exempt if not list(ROOT.glob(f"{name.replace('.', '/')}*"))]
    assert missing == []
