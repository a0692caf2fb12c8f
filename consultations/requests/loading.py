"""Loading of topics, ETHOS groups and target groups; loading again changes nothing.

Two files in data/: the taxonomy as it was put together from its sources, and
our Czech translation of the descriptions that it has in English only.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from consultations.models import EthosGroup, TargetGroup, Topic
from core.loading import Report

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
    """Bring topics, ETHOS groups and target groups in line with the files.

    What the files no longer have stays: requests may point at it.
    """
    data = read()
    report = _merge(EthosGroup, _ethos(data))
    ethos = dict(EthosGroup.objects.values_list("slug", "pk"))
    report += _merge(TargetGroup, _target_groups(data, ethos))
    return report + _merge(Topic, _topics(data))


def _ethos(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for position, group in enumerate(data["ethos"]["groups"]):
        yield {**_names(group), "position": position}


def _target_groups(data: dict[str, Any], ethos: dict[str, int]) -> Iterator[dict[str, Any]]:
    for position, group in enumerate(data["target_groups"]):
        yield {**_names(group), "ethos_id": ethos.get(group["ethos"]), "position": position}


def _topics(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for position, topic in enumerate(data["request_taxonomy"]):
        yield {
            **_names(topic),
            "description_cs": data["descriptions_cs"][topic["slug"]],
            "description_en": topic["description"],
            "audience": topic["audience"],
            "position": position,
        }


def _names(row: dict[str, Any]) -> dict[str, str]:
    return {"slug": row["slug"], "name_cs": row["name_cs"], "name_en": row["name_en"]}


def _merge(model: type[EthosGroup | TargetGroup | Topic], rows: Iterator[dict[str, Any]]) -> Report:
    """Write what is new or differs, found by its slug."""
    known = {row.slug: row for row in model._default_manager.all()}
    report = Report()
    for values in rows:
        row = known.get(values["slug"])
        if row is None:
            model._default_manager.create(**values)
            report += Report(created=1)
        elif any(getattr(row, name) != value for name, value in values.items()):
            model._default_manager.filter(pk=row.pk).update(**values)
            report += Report(updated=1)
        else:
            report += Report(unchanged=1)
    return report


def _yaml(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
