"""Make a template of ours that reads an undefined variable fail its test."""

import sys
from pathlib import Path

OURS = str(Path(__file__).resolve().parent.parent / "templates")
MAY_BE_UNDEFINED = {"default", "default_if_none"}


class UndefinedTemplateVariable(AssertionError):
    """A template printed a variable that the page did not give it."""


class UndefinedVariable(str):
    """Django's `string_if_invalid`: empty for templates of packages, an error in ours.

    Django asks for its truth at the moment when a variable was not found; that
    is where it looks which template asked, and for what.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        expression, context = frame.f_locals.get("self"), frame.f_locals.get("context")
        filters = {filter_.__name__ for filter_, _args in getattr(expression, "filters", [])}
        template = getattr(getattr(context, "render_context", None), "template", None)
        if filters & MAY_BE_UNDEFINED or template is None or not str(template.origin.name).startswith(OURS):
            return False
        raise UndefinedTemplateVariable(f"{template.origin.name}: {expression.var}")
