"""The officials' page of study visits: what waits for them, and what was."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from municipalities.places.queries import own_municipalities
from visits.models import StudyVisit
from visits.pages.queries import for_readers, joined_by, of_officials, to_come, waiting_of

# Of visits that one's people joined.
MOST = 30


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def visits(request: UserRequest) -> HttpResponse:
    """Invitations, reports and lessons of one's municipality, and the visits that its people joined."""
    own, chosen = own_municipalities(request)
    rows = of_officials([chosen]) if chosen else []
    context = {
        "municipalities": own,
        "municipality": chosen,
        "waiting": waiting_of(request.user, [chosen]) if chosen else [],
        "before": [row for row in rows if not row.waits],
        "joined": list(for_readers(joined_by(chosen))[:MOST]) if chosen else [],
        "to_come": to_come(for_readers(StudyVisit.objects.published())),
    }
    return render(request, "visits/pages/my_visits.html", context)
