"""The people that requests come from."""

from django.db import models
from django.utils import timezone

from core.audit import user_field
from core.privacy import About, Erase, Retention, Tags
from municipalities.models import Municipality

# People who are merged one into the other, one after the other: longer chains are no work of persons.
MOST_MERGES = 10


class PersonQuerySet(models.QuerySet["Person"]):
    def known_by(self, *, email: str = "", phone: str = "") -> "PersonQuerySet":
        """Return people with this e-mail address or phone number, the newest first; none without either.

        An address may be one of several of theirs; of merged people the one that is left is given.
        """
        # "Not empty" is said again so that SQLite sees that the indexes below hold these rows.
        by_email = self.filter(email__in={email, email.lower()} - {""}).exclude(email="")
        by_phone = self.filter(phone__in={phone} - {""}).exclude(phone="")
        by_address = PersonAddress.objects.filter(email__in={email.lower()} - {""})
        found = {
            *by_email.values_list("pk", flat=True)[:50],
            *by_phone.values_list("pk", flat=True)[:50],
            *by_address.values_list("person", flat=True)[:50],
        }
        return self.filter(pk__in=self.left_of(found)).order_by("-pk")

    def left_of(self, people: set[int]) -> set[int]:
        """Return who is left of people, by their numbers: those into whom they were merged, or they."""
        left: set[int] = set()
        for _round in range(MOST_MERGES):
            rows = dict(Person.objects.filter(pk__in=people).values_list("pk", "merged_into"))
            left |= {pk for pk, into in rows.items() if into is None}
            people = {into for into in rows.values() if into is not None}
            if not people:
                break
        return left


class Person(models.Model):
    """Somebody who asks, or is there when it is asked. None of the fields is compulsory."""

    name = models.CharField("name", max_length=120, blank=True)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField("phone", max_length=20, blank=True)
    organisation = models.CharField("organisation", max_length=160, blank=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, related_name="+")
    # How they are addressed in Czech where somebody knows: "Vážená paní Nováková". Empty is neutral.
    salutation = models.CharField("salutation", max_length=120, blank=True)
    # An official who asks is an account, too.
    user = user_field(null=True)
    # The same somebody under another number; this one is only kept so that it can be undone.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    created_at = models.DateTimeField(default=timezone.now)

    PRIVACY = Tags(
        internal=("id", "municipality", "user", "merged_into", "created_at"),
        personal={
            "salutation": About("self", Erase.BLANK, Retention.CASE_TEXT),
            "name": About("self", Erase.BLANK, Retention.CASE_TEXT),
            "email": About("self", Erase.BLANK, Retention.CASE_TEXT),
            "phone": About("self", Erase.BLANK, Retention.CASE_TEXT),
            "organisation": About("self", Erase.BLANK, Retention.CASE_TEXT),
        },
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["email"], name="person_email", condition=~models.Q(email="")),
            models.Index(fields=["phone"], name="person_phone", condition=~models.Q(phone="")),
        ]


class PersonAddress(models.Model):
    """One more e-mail address of somebody, beside the one that we write to. Lower case."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    email = models.EmailField("e-mail")

    PRIVACY = Tags(
        internal=("id", "person"),
        personal={"email": About("person", Erase.BLANK, Retention.CASE_TEXT)},
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "email"], name="person_address_once")]
        indexes = [models.Index(fields=["email"], name="person_address")]
