"""The parts that a received mail is made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A file that came with the mail."""

    name: str
    content_type: str
    content: bytes
