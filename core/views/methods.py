"""Which HTTP methods a view answers."""

from collections.abc import Callable
from typing import Any

from core.middleware import ALLOWED_METHODS


def methods_of(view: Callable[..., Any] | None) -> tuple[str, ...]:
    """Return the HTTP methods a view answers."""
    while view is not None:
        # Django's require_http_methods keeps its list in the closure only.
        code = getattr(view, "__code__", None)
        cells = dict(zip(code.co_freevars, view.__closure__ or (), strict=True)) if code else {}
        if "request_method_list" in cells:
            return tuple(cells["request_method_list"].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return ALLOWED_METHODS
