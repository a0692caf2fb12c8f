"""Who else is on the page of a request: each open page says so, and is told of the others."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.choices import Doing
from consultations.desk.actions.presence import beat, leave
from consultations.models import Presence, SupportRequest

MOST_SHOWN = 5


@requires(Permission.VIEW_REQUESTS)
@require_POST
def presence(request: UserRequest, reference: str) -> HttpResponse:
    """Take what a page says of its reader, and answer with who else is there, writers first."""
    visible = SupportRequest.objects.visible_to(request.user).only("pk")
    case = get_object_or_404(visible.with_reference(reference))
    doing = request.POST.get("doing", "")
    if doing not in Doing.values:
        leave(case, by=request.user)
        return HttpResponse(status=204)
    beat(case, doing=doing, by=request.user)
    there = Presence.objects.there(timezone.now()).filter(request=case).exclude(user=request.user)
    # In the alphabet as in importance, writing comes after reading.
    others = there.select_related("user").order_by("-doing", "user__name", "pk")[:MOST_SHOWN]
    context: dict[str, list[str]] = {"writing": [], "reading": []}
    for other in others:
        context[other.doing].append(other.user.name)
    return render(request, "consultations/desk/presence.html", context)
