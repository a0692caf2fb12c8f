"""What the tests of municipalities share."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_czech() -> Iterator[None]:
    """Each test begins in Czech, whatever language a page of the one before was read in."""
    with translation.override("cs"):
        yield
