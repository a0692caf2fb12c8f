"""How a requester can be reached, added or corrected by themselves behind the private link."""

from django.db.models import Q
from django.utils.translation import gettext as _

from consultations.choices import Receipt
from consultations.intake.actions.requester import lock_survivor
from consultations.models import Participant, Person, SupportRequest
from consultations.requests import emails
from consultations.requests.queries import merged_with
from consultations.requests.search import index_request
from core import audit
from core.states import update, verb

# What a person's own row for one request takes over from the one that others share.
OF_PERSON = ("name", "organisation", "salutation", "municipality_id")


def reasons_against_giving_reach(request: SupportRequest) -> list[str]:
    """Return why the requester cannot say here how to reach them; empty when nothing stands against it."""
    if request.is_official or request.requester.user_id:
        return [_("We write to the address of the account. Change it there.")]
    return []


@verb(against=reasons_against_giving_reach)
def give_reach(request: SupportRequest, *, email: str, phone: str) -> Receipt | None:
    """Set the address and number of who asks; return whether word was owed to a new address, else None.

    A link opens one request, so it changes what is written of one: where the person stands on others,
    too, this one gets a row of its own, and the desk may make one of the two again. Of a merged
    request all that was merged with it goes along.
    """
    request = lock_survivor(request)
    before = request.requester
    given = {"email": email, "phone": phone}
    changed = [name for name, value in given.items() if getattr(before, name) != value]
    if not changed:
        return None
    family = merged_with(request)
    if _stands_on_others(before, family):
        own = Person.objects.create(**{name: getattr(before, name) for name in OF_PERSON}, **given)
        SupportRequest.objects.filter(pk__in=family).exclude(pk=request.pk).update(requester=own)
        # Whoever is answering just now is shown the new address first.
        update(request, also={"requester": own})
    else:
        Person.objects.filter(pk=before.pk).update(**given)
        update(request, also={})
    audit.record("request.give_reach", request, by=None, fields=changed)
    rows = SupportRequest.objects.select_related("requester", "municipality").filter(pk__in=family)
    for row in rows:
        index_request(row)
    current = next(row for row in rows if row.pk == request.pk)
    return _tell(current) if "email" in changed and email else None


def _stands_on_others(person: Person, requests: set[int]) -> bool:
    others = SupportRequest.objects.filter(requester=person).exclude(pk__in=requests)
    places = Participant.objects.filter(Q(person=person), ~Q(request__in=requests))
    return others.exists() or places.exists()


def _tell(request: SupportRequest) -> Receipt:
    """Send the link to an address that was given later, where that is owed."""
    owed = emails.receipt_owed(request, is_later=True)
    if owed == Receipt.OWED:
        emails.receipt(request)
    return owed
