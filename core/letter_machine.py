"""Which mail was written by a machine, and what came back undelivered."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounce:
    """Mail of ours that could not be delivered to these addresses, for good or for now."""

    addresses: tuple[str, ...]
    is_permanent: bool
    status: str
    original_message_id: str
