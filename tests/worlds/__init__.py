"""Parts of the small world, one subject a file."""

from tests.worlds import (
    alike,
    comparison,
    duty,
    exchange,
    figures,
    offices,
    peers,
    practices,
    programmes,
    register,
    way_back,
)

SUBJECTS = [
    alike, comparison, duty, exchange, figures, offices, peers, practices, programmes, register, way_back,
]  # fmt: skip
