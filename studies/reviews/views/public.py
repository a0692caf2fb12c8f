"""The public page of the expert group."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import public
from core.views.paging import page_of
from studies.reviews import queries


@public
@require_safe
def group(request: HttpRequest) -> HttpResponse:
    """What the group is for, who agreed to be named, and what it said of materials."""
    context = {"members": queries.members(), "page": page_of(queries.statements(), request)}
    return render(request, "studies/reviews/group.html", context)
