"""What a person was told: the list, the bell, and how they want to be told."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, signed_in
from accounts.forms import NoticeSettingsForm
from core.notices import actions
from core.notices.counts import BELL, counts_for
from core.notices.models import Notice
from core.notices.queries import visible
from core.views.paging import page_of
from core.views.verbs import run_verb


@signed_in
@require_safe
def notices(request: UserRequest) -> HttpResponse:
    """What one was told, newest first, `?show=unread` only what is new; not what one may no longer see."""
    show = "unread" if request.GET.get("show") == "unread" else ""
    rows = Notice.objects.for_list(request.user)
    page = page_of(rows.unread() if show else rows, request)
    shown = visible(page.items)
    context = {"page": page, "rows": shown, "hidden": len(page.items) - len(shown), "show": show}
    return render(request, "accounts/notices/list.html", context)


@signed_in
@require_safe
def bell(request: UserRequest) -> HttpResponse:
    """The bell anew, for the script that looks every minute."""
    unread = counts_for(request.user, [BELL])[BELL]
    return render(request, "components/bell.html", {"unread": unread})


@signed_in
@require_POST
def open_notice(request: UserRequest, pk: int) -> HttpResponse:
    """Mark a notice as read, and go where it leads."""
    notice = _notice(request, pk)
    actions.open_up(notice)
    return redirect(notice.link)


@signed_in
@require_POST
def read(request: UserRequest, pk: int) -> HttpResponse:
    """Mark a notice as read."""
    actions.put_read(_notice(request, pk), is_read=True)
    return _back(request)


@signed_in
@require_POST
def unread(request: UserRequest, pk: int) -> HttpResponse:
    """Mark a notice as unread again."""
    actions.put_read(_notice(request, pk), is_read=False)
    return _back(request)


@signed_in
@require_POST
def read_all(request: UserRequest) -> HttpResponse:
    """Mark all notices as read."""
    actions.mark_all_read(by=request.user)
    return _back(request)


@signed_in
def settings(request: UserRequest) -> HttpResponse:
    """How one is told of what, when the daily mail comes, and when no mail is to come."""
    form = NoticeSettingsForm(request.POST or None, user=request.user)
    return run_verb(
        request,
        lambda: actions.choose(form.ways, **form.hours, by=request.user),
        to="accounts:notice-settings",
        done=_("Saved."),
        show=partial(_settings_page, request, form),
        form=form,
    )


@signed_in
@require_POST
def usual(request: UserRequest) -> HttpResponse:
    """Be told in the usual ways again."""
    return run_verb(
        request,
        lambda: actions.choose_usual(by=request.user),
        to="accounts:notice-settings",
        done=_("You are told in the usual ways again."),
        show=partial(_settings_page, request, NoticeSettingsForm(user=request.user)),
    )


def _settings_page(request: UserRequest, form: NoticeSettingsForm, **said: Any) -> HttpResponse:
    status = said.pop("status", 200)
    return render(request, "accounts/notices/settings.html", {"form": form, **said}, status=status)


def _notice(request: UserRequest, pk: int) -> Notice:
    """Return one of one's own notices that may still be seen; raises Http404."""
    found = visible(Notice.objects.for_list(request.user).filter(pk=pk))
    if not found:
        raise Http404
    return found[0]


def _back(request: UserRequest) -> HttpResponse:
    """Go back to the page of the list one came from."""
    query = request.GET.urlencode()
    return redirect(reverse("accounts:notices") + (f"?{query}" if query else ""))
