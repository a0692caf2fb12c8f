"""The app of requests and summaries."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """Tells the municipalities' timeline what requests have to say."""

    name = "consultations"

    def ready(self) -> None:
        """Add requests to the timeline of each municipality."""
        from consultations import timeline as ours
        from municipalities import timeline

        timeline.add(ours.KIND, ours.entries, label=_("Requests"))
