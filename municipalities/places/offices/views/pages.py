"""The page on which somebody who keeps an office corrects it: the desk, or officials their own."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.access import UserRequest
from core.views.paging import whole_number
from core.views.verbs import back_to, run_verb, version_of
from municipalities.models import Office
from municipalities.places.offices import queries
from municipalities.places.offices.actions import offices
from municipalities.places.offices.forms import WordsForm


def edit_page(
    request: UserRequest,
    office: Office,
    *,
    kind: type[WordsForm],
    template: str,
    to: str,
    done: str,
    **more: Any,
) -> HttpResponse:
    """Show the form of an office with what visitors say of it, and write what was sent; then go on `to`."""
    reports = queries.reports_about(office.municipality, office)
    newest = {"newest_report": reports[0].pk if reports else 0}
    form = kind(request.POST or None, initial=kind.initial_of(office) | newest)

    def show(*, conflict: Any = None, status: int = 200) -> HttpResponse:
        context = {
            "office": office,
            "form": form,
            "reports": reports,
            "newest_report": newest["newest_report"],
            "theirs": queries.facts_of(conflict) if conflict else [],
            "has_changed": conflict is not None,
            **more,
        }
        return render(request, template, context, status=status)

    def verb() -> None:
        seen = {name: form.cleaned_data[name] or 0 for name in ("version", "newest_report")}
        offices.correct(office, words=form.words, **seen, by=request.user)

    return run_verb(request, verb, to=to, show=show, done=done, form=form)


@require_POST
def press(
    request: UserRequest, office: Office, verb: Callable[..., None], *, to: str, page: str, done: Any
) -> HttpResponse:
    """Run a verb of a button on an office as it was seen, and go on `to`; why not is said on its `page`."""
    seen: dict[str, int] = {"version": version_of(request)}
    if verb is not offices.reopen:
        seen["newest_report"] = whole_number(request.POST.get("newest_report")) or 0
    return run_verb(
        request, lambda: verb(office, **seen, by=request.user), to=to, show=back_to(request, page), done=done
    )
