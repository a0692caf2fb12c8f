"""What a reader takes from a page."""

import re

FOLDED = re.compile(r'<details class="fold not-known">.*?</summary>(.*?)</details>', re.DOTALL)


def not_known(html: str) -> list[str]:
    """Return the terms that a page says once not to know, in the order in which they stand there."""
    lines = re.findall(r"<p>(?:[^:<]*: )?(.*?)\.</p>", "".join(FOLDED.findall(html)))
    return [term.split(" (")[0] for line in lines for term in line.split(", ")]
