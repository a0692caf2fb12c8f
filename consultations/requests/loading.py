"""Loading of topics, ETHOS groups, target groups and audiences; loading again changes nothing.

Two files in data/: the taxonomy as it was put together from its sources, and
our Czech translation of the descriptions that it has in English only.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from consultations.models import Audience, EthosGroup, TargetGroup, Topic
from core.loading import Report, bring

DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def read() -> dict[str, Any]:
    """Read the files once; raises ValueError when a topic has no Czech description."""
    data = _yaml("topics.yaml")
    data["descriptions_cs"] = _yaml("topics_cs.yaml")["descriptions"]
    untold = {topic["slug"] for topic in data["request_taxonomy"]} ^ set(data["descriptions_cs"])
    if untold:
        raise ValueError(f"Topics and their Czech descriptions do not match: {sorted(untold)}")
    return data


@transaction.atomic
def load() -> Report:
    """Bring topics, ETHOS groups, target groups and audiences in line with the files.

    What the files no longer have stays: requests may point at it.
    """
    data = read()
    report = _bring(EthosGroup, data["ethos"]["groups"], lambda group: {})
    ethos = dict(EthosGroup.objects.values_list("slug", "pk"))
    report += _bring(
        TargetGroup, data["target_groups"], lambda group: {"ethos_id": ethos.get(group["ethos"])}
    )
    report += _bring(Audience, data["audiences"], lambda audience: {})
    return report + _bring(
        Topic,
        data["request_taxonomy"],
        lambda topic: {
            "description_cs": data["descriptions_cs"][topic["slug"]],
            "description_en": topic["description"],
            "audience": topic["audience"],
        },
    )


def _bring(
    model: type[Audience | EthosGroup | TargetGroup | Topic],
    records: list[dict[str, Any]],
    more: Callable[[dict[str, Any]], dict[str, Any]],
) -> Report:
    """Write what is new or differs, found by its slug; `more` gives the columns that only this model has."""
    known = {row.slug: row for row in model._default_manager.all()}
    report = Report()
    for position, record in enumerate(records):
        values = {name: record[name] for name in ("slug", "name_cs", "name_en")} | more(record)
        report += bring(known.get(record["slug"], model()), {**values, "position": position})
    return report


def _yaml(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
