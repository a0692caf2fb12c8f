"""What the small world has of the Centre's own words."""

from datetime import UTC, datetime
from typing import Any

from consultations.models import Audience, TargetGroup, Topic
from municipalities.models import Municipality
from shsp.centre.loading import load
from shsp.models import Banner, FooterLine, Period

NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    """Write it, and add to `world.arguments` what its addresses need."""
    load()
    banner = Banner.objects.create(
        text_cs="Linka dnes nejede.",
        text_en="The line is closed today.",
        starts_at=datetime(2020, 1, 1, tzinfo=UTC),
    )
    topic, group = {"pk": Topic.objects.earliest("pk").pk}, {"pk": TargetGroup.objects.earliest("pk").pk}
    audience = {"pk": Audience.objects.earliest("pk").pk}
    world.arguments |= {
        **dict.fromkeys(["desk-topic-edit", "desk-topic-merge"], topic),
        **dict.fromkeys(["desk-target-group-edit", "desk-target-group-merge"], group),
        **dict.fromkeys(["desk-audience-edit", "desk-audience-merge"], audience),
        "desk-period-edit": {"pk": Period.objects.earliest("pk").pk},
        "desk-banner-edit": {"pk": banner.pk},
        "desk-footer-line-edit": {"pk": FooterLine.objects.earliest("pk").pk},
    }
