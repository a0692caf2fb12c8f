"""Parts of the small world, one subject a file."""

from tests.worlds import (
    alike,
    attendance,
    centre,
    comparison,
    deliveries,
    duty,
    exchange,
    figures,
    law,
    lessons,
    materials,
    offices,
    pages,
    peers,
    practices,
    programmes,
    register,
    reports,
    reviews,
    texts,
    visits,
    way_back,
)

SUBJECTS = [
    alike, centre, comparison, deliveries, duty, exchange, figures, law, lessons, materials, offices, pages,
    peers, practices, programmes, register, visits, attendance, reports, reviews, texts, way_back,
]  # fmt: skip
