"""The same invitations at the desk, which answers for whoever called."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from visits.attendance.views import answers

SIDE = answers.Side("desk-invitation", "base_desk.html")


@requires(Permission.MANAGE_VISITS)
def visit(request: UserRequest, pk: int) -> HttpResponse:
    """What one's municipality is invited to, who goes, and what is asked."""
    return answers.invitation(request, SIDE, pk)


@requires(Permission.MANAGE_VISITS)
def decline(request: UserRequest, pk: int) -> HttpResponse:
    """Say that one's municipality cannot go, and why."""
    return answers.decline(request, SIDE, pk)


@requires(Permission.MANAGE_VISITS)
@require_POST
def reconsider(request: UserRequest, pk: int) -> HttpResponse:
    """Say that one's municipality can go after all."""
    return answers.reconsider(request, SIDE, pk)


@requires(Permission.MANAGE_VISITS)
def person(request: UserRequest, pk: int) -> HttpResponse:
    """Change how somebody is called and reached."""
    return answers.person(request, SIDE, pk)


@requires(Permission.MANAGE_VISITS)
@require_POST
def person_up(request: UserRequest, pk: int) -> HttpResponse:
    """Let somebody go before whoever stood before them."""
    return answers.person_up(request, SIDE, pk)


@requires(Permission.MANAGE_VISITS)
def person_give_up(request: UserRequest, pk: int) -> HttpResponse:
    """Give up the place of somebody."""
    return answers.person_give_up(request, SIDE, pk)


@requires(Permission.MANAGE_VISITS)
@require_POST
def ask(request: UserRequest, pk: int) -> HttpResponse:
    """Send a question along."""
    return answers.ask(request, SIDE, pk)


@requires(Permission.MANAGE_VISITS)
def question(request: UserRequest, pk: int) -> HttpResponse:
    """Change a question that goes along."""
    return answers.question(request, SIDE, pk)


@requires(Permission.MANAGE_VISITS)
@require_POST
def question_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take a question back."""
    return answers.question_withdraw(request, SIDE, pk)
