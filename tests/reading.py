"""What a reader takes from a page."""

import re

TOGETHER = re.compile(r'<dd class="key-facts-unknown">(.*?)</dd>', re.DOTALL)


def not_known(html: str) -> list[str]:
    """Return the terms that a page says together not to know, in the order in which they stand there."""
    return re.findall(r"<span>(.*?)</span>", "".join(TOGETHER.findall(html)))
