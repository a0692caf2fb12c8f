"""Who is told of what: a literal table, an app a module; `tests/house/test_notices.py` reads it.

A new verb stands there, among those that tell somebody or among those that tell nobody.
"""

from collections.abc import Callable

from core.notices.models import Notice
from tests.worlds.notices import World

Told = dict[str, str]
Deed = Callable[[World], object]
# (verb, in what case): what is done by "me" or by who asked, and who is told of which kind.
TABLE: dict[tuple[str, str], tuple[Deed, Told]] = {}


def tells(verb: str, case: str = "", /, **told: str) -> Callable[[Deed], Deed]:
    """Name what a deed shows: the verb, in what case, and whom it tells of which kind."""

    def add(deed: Deed) -> Deed:
        TABLE[verb, case] = (deed, told)
        return deed

    return add


def forget() -> None:
    """Let only what is told from now on count."""
    Notice.objects.all().delete()
