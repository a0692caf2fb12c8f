"""What the small world has of taking part in a visit: an invitation, people, a question taken along."""

from typing import Any

from municipalities.models import Municipality
from tests.factories.attendance import AttendeeFactory, TravelQuestionFactory, VisitInvitationFactory
from visits.choices import VisitState
from visits.models import StudyVisit

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    """Write it, and add to `world.arguments` what its addresses need."""
    visit = StudyVisit.objects.get(state=VisitState.OPEN)
    invitation = VisitInvitationFactory(visit=visit, municipality=place)
    other = VisitInvitationFactory(visit=visit, declined=True)
    AttendeeFactory(invitation=other, confirmed=True)
    person = AttendeeFactory(invitation=invitation, confirmed=True)
    AttendeeFactory(invitation=invitation, waiting=True)
    question = TravelQuestionFactory(visit=visit, municipality=place)
    of_visit = [
        "invite",
        "invite-take-back",
        "person-new",
        "confirm-all",
        "travel-sheet",
        "participants",
        "attendance",
    ]
    world.arguments |= {f"desk-visit-{name}": {"pk": visit.pk} for name in [*of_visit, "tick", "note"]}
    for side in ("my-visit", "desk-invitation"):
        of_invitation = ["", "-decline", "-reconsider", "-ask"]
        world.arguments |= {f"{side}{name}": {"pk": invitation.pk} for name in of_invitation}
        of_person = ["-person", "-person-up", "-person-give-up"]
        world.arguments |= {f"{side}{name}": {"pk": person.pk} for name in of_person}
        world.arguments |= {
            f"{side}-{name}": {"pk": question.pk} for name in ("question", "question-withdraw")
        }
    world.arguments |= {
        f"desk-invitation-{name}": {"pk": invitation.pk} for name in ("places", "remind", "take-back")
    }
    world.arguments |= {f"desk-attendee-{name}": {"pk": person.pk} for name in ("confirm", "wait", "refuse")}
