"""The second factor: setting it up, moving it to another phone, its recovery codes."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, signed_in
from accounts.sessions import renew
from core import audit

recently_confirmed = reauthentication_required(app="allauth.mfa")


class ActivateView(totp.ActivateTOTPView):
    """Setting it up; the login goes on under a new session id."""

    def form_valid(self, form: Form) -> HttpResponse:
        with transaction.atomic():
            response = super().form_valid(form)
            audit.record("account.set_second_factor", self.request.user, by=self.request.user)
        renew(self.request)
        return response


@method_decorator(recently_confirmed, name="dispatch")
class ReplaceView(ActivateView):
    """Moving it to another phone: the old one holds until the new one has shown a right code."""

    template_name = "mfa/totp/replace_form.html"

    def dispatch(self, request: UserRequest, *args: object, **kwargs: object) -> HttpResponse:
        # Also for those who have a second factor already.
        return super(totp.ActivateTOTPView, self).dispatch(request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.TOTP).delete()
        return super().form_valid(form)


shown = {"may_switch_off": not settings.SECOND_FACTOR_REQUIRED}
# Whether two-step login is on, and what can be done with it.
index = signed_in(require_safe(mfa.IndexView.as_view(extra_context=shown)))
reauthenticate = signed_in(mfa.reauthenticate)
activate = signed_in(ActivateView.as_view())
replace = signed_in(ReplaceView.as_view())
deactivate = signed_in(totp.deactivate_totp)
new_codes = signed_in(recovery.generate_recovery_codes)


@signed_in
@require_safe
@recently_confirmed
def recovery_codes(request: UserRequest) -> HttpResponse:
    """The recovery codes that were not used yet."""
    row = get_object_or_404(Authenticator, user=request.user, type=Authenticator.Type.RECOVERY_CODES)
    return render(request, "mfa/recovery_codes/index.html", {"codes": row.wrap().get_unused_codes()})
