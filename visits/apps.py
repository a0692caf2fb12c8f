from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "visits"

    def ready(self) -> None:
        from municipalities import hooks
        from visits import entries, of_municipality

        hooks.add_timeline(entries.KIND, entries.entries, label=_("Study visits"))
        hooks.add_part(
            "visits",
            of_municipality.joined,
            template="visits/of_municipality.html",
            position=50,
            title=_("Study visits they joined"),
        )
