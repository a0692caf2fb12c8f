"""The keys of the desk, and the switch for those who do not want them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import actions
from accounts.access import UserRequest, requires
from accounts.permissions import Permission


@requires(Permission.VIEW_DESK)
@require_safe
def keys(request: UserRequest) -> HttpResponse:
    """What each key does, and whether single keys do it."""
    return render(request, "consultations/desk/shortcuts.html", {"is_on": request.user.has_shortcuts})


@requires(Permission.VIEW_DESK)
@require_POST
def switch(request: UserRequest) -> HttpResponse:
    """Switch single keys on with `on=1`, else off."""
    on = request.POST.get("on") == "1"
    actions.switch_shortcuts(request.user, on=on, by=request.user)
    messages.success(request, _("Single keys are on.") if on else _("Single keys are off."))
    return redirect("desk-keys")
