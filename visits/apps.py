from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "visits"

    def ready(self) -> None:
        """Tell of visits on the timelines of the municipalities that joined them."""
        from municipalities import timeline
        from visits import entries

        timeline.add(entries.KIND, entries.entries, label=_("Study visits"), years=entries.years)
