"""What stands in the headers of a received mail."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mailbox:
    """A name with an e-mail address: lower case, "" where it is malformed."""

    name: str
    email: str
