"""Which HTTP methods a view answers."""

import pytest
from django.urls import resolve

from core.views.methods import methods_of


@pytest.mark.parametrize(
    ("address", "methods"),
    [
        ("/cs/about/", ("GET", "HEAD")),
        ("/cs/desk/requests/SH-2026-000001/take/", ("POST",)),
        ("/cs/requests/new/", ("GET", "HEAD", "OPTIONS", "POST")),
    ],
)
def test_methods_of(address, methods):
    assert methods_of(resolve(address).func) == methods
