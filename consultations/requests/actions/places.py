"""What has happened on a request stands on the timeline of its municipality, and moves along with it."""

from consultations.models import Contact, SupportPlan, SupportRequest, place_of


def follow(request: SupportRequest) -> None:
    """Let a request's contacts and plan stand where it stands now; for verbs that give it a municipality."""
    Contact.objects.filter(request=request).move_to(request)
    SupportPlan.objects.filter(request=request).update(**place_of(request))
