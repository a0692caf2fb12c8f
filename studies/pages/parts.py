"""What the capabilities of studies add to the pages of one material: tabs at the desk, parts in public.

Each is one row of a table. Its template finds `material` and, as `part`, what the context function returned.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise

from studies.models import Material

Context = Callable[[Material, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Part:
    """One part of a page; of the function's answer None is nothing to show, {} is enough to be drawn."""

    key: str
    title: Promise
    template: str
    context: Context
    # What the function returned for one material and reader.
    told: dict[str, Any] | None = None


# What stands on the public page of a material below what it is about, in this order.
PUBLIC_PARTS: tuple[Part, ...] = ()


def public_parts(material: Material, user: Any) -> list[Part]:
    """Return the parts that have something to tell of a material."""
    told = [replace(part, told=part.context(material, user)) for part in PUBLIC_PARTS]
    return [part for part in told if part.told is not None]
