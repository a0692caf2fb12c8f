"""Say of what has happened already where it stands on its municipality's timeline, and for whom."""

from django.db import migrations
from django.db.models import Case, CharField, Exists, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Concat


def stand(apps, _editor):
    """Fill the columns of contacts and plans by what their requests tell."""
    request = apps.get_model("consultations", "SupportRequest").objects.filter(pk=OuterRef("request"))
    readers = Case(
        When(is_official=False, then=Value("")),
        When(is_personal=False, then=Value("officials")),
        default=Concat(Value("account:"), Cast(F("created_by"), CharField())),
        output_field=CharField(),
    )
    place = {
        "municipality": Subquery(request.values("municipality")),
        "readers": Subquery(request.annotate(told_to=readers).values("told_to")),
    }
    contacts = apps.get_model("consultations", "Contact").objects
    contacts.update(**place)
    contacts.filter(direction="note").update(readers="")
    steps = apps.get_model("consultations", "PlanStep").objects.filter(contact=OuterRef("pk"))
    contacts.filter(Exists(steps)).update(is_step=True)
    apps.get_model("consultations", "SupportPlan").objects.update(**place)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0003_programmes_figures_practice")]

    operations = [migrations.RunPython(stand, migrations.RunPython.noop)]
