from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "visits"

    def ready(self) -> None:
        from municipalities import hooks
        from visits.pages import timeline as ours

        hooks.add_timeline(ours.KIND, ours.entries, label=_("Study visits"))
        template, title = "visits/pages/of_municipality.html", _("Study visits they joined")
        hooks.add_part("visits", ours.joined, template=template, position=50, title=title)
