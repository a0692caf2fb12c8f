"""The public pages of municipalities."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import public
from municipalities import picker


@public
def options(request: HttpRequest) -> HttpResponse:
    """Offer municipalities for the letters typed into a combobox, as list items."""
    offers = picker.offers(request.GET.get("q", "")[:80])
    return render(request, "municipalities/options.html", {"offers": offers})
