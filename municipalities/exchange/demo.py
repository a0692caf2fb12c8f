"""A few made-up questions in the exchange to look at. Nobody and nothing in them is real."""

from datetime import timedelta
from pathlib import Path

import yaml
from django.utils import timezone

from accounts.models import User
from municipalities.exchange import search
from municipalities.models import ExchangeAnswer, ExchangeQuestion, Municipality

DATA = Path(__file__).parent / "data" / "demo.yaml"


def load(officials: dict[str, User]) -> int:
    """Let the demo officials ask each other, unless they have; return how many questions were made."""
    records = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    if ExchangeQuestion.objects.filter(title__in=[record["title"] for record in records]).exists():
        return 0
    people = [
        {"municipality": Municipality.objects.get(slug=slug), "author": user}
        for slug, user in list(officials.items())[:2]
    ]
    now = timezone.now()
    for number, record in enumerate(records):
        reply = record.pop("answer", None)
        asked = now - timedelta(days=record.pop("days_ago"))
        question = ExchangeQuestion(**record, **people[number % 2], written_at=asked, active_at=asked)
        if reply:
            question.active_at = now - timedelta(days=reply.pop("days_ago"))
        question.save()
        if reply:
            answered = {"question": question, "written_at": question.active_at}
            ExchangeAnswer.objects.create(**reply, **people[1 - number % 2], **answered)
    search.index_all()
    return len(records)
