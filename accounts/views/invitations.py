"""The page behind an invitation's address."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from accounts import actions
from accounts.access import public
from accounts.forms import AcceptForm
from accounts.models import Invitation
from accounts.views.login import remember_device
from core.links.views import behind_link, ended
from core.states import Refused

# The same page for every reason and for an address that never was, so that nobody learns which ones were.
OVER = "accounts/invitation_over.html"


@public
@sensitive_post_parameters("password", "password_again")
@behind_link(Invitation.objects.usable, over=OVER)
def accept(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Choose a password and log in; a link that no longer works, or leads nowhere now, says what to do."""
    if reasons := actions.reasons_against_accepting(invitation):
        return render(request, "accounts/invitation_refused.html", {"reasons": reasons}, status=409)
    form = AcceptForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        name, password = form.cleaned_data["name"], form.cleaned_data["password"]
        try:
            user = actions.accept_invitation(invitation, name=name, password=password)
        except Refused:
            return ended(request, OVER)
        login = Login(user=user, redirect_url=reverse("accounts:landing"))
        return remember_device(request, perform_password_login(request, {"email": user.email}, login))
    return render(request, "accounts/accept_invitation.html", {"form": form, "invitation": invitation})
