"""Which municipality somebody may write from, by the domain of their address. Only ever a guess."""

from pathlib import Path

from core.search.prefix import plain
from municipalities.models import Membership, Municipality

# Anybody may have an address there.
_FREE_MAIL = frozenset((Path(__file__).parent / "data" / "free_mail.txt").read_text().split())
# What municipalities put before and after their names; the longer ones first.
_BEFORE = ("mestys", "mesto", "obec", "urad", "mesta", "obce", "mu", "ou", "umc", "mc")
_AFTER = ("-cr", "-mesto", "-obec", "mesto", "obec")
_MOST_MEMBERSHIPS = 5000


def municipality_of(email: str) -> Municipality | None:
    """Return the municipality that an address suggests, None where it suggests none or several."""
    domain = email.rpartition("@")[2].lower()
    if "." not in domain or domain in _FREE_MAIL:
        return None
    return _by_accounts(domain) or _by_name(domain)


def _by_accounts(domain: str) -> Municipality | None:
    """Return the municipality whose officials have addresses of this domain."""
    rows = Membership.objects.current().values_list("municipality", "user__email")[:_MOST_MEMBERSHIPS]
    found = {number for number, email in rows if email.lower().rpartition("@")[2] == domain}
    return Municipality.objects.get(pk=found.pop()) if len(found) == 1 else None


def _by_name(domain: str) -> Municipality | None:
    """Return the only municipality of the register that is called like the domain."""
    *_subdomains, label, ending = domain.split(".")
    if ending != "cz":
        return None
    candidates = _names_in(label)
    rows = Municipality.objects.existing().filter(search_name__in=candidates)[: len(candidates) * 20]
    # The whole word first: Mutěnice is not "MÚ Těnice".
    for name in candidates:
        if called := [row for row in rows if row.search_name == name]:
            return called[0] if len(called) == 1 else None
    return None


def _names_in(label: str) -> list[str]:
    """Return the names that a domain's label may hold, as they are searched for."""
    forms = [label]
    forms += [label.removesuffix(after) for after in _AFTER if label.endswith(after)]
    forms += [
        form.removeprefix(before) for form in list(forms) for before in _BEFORE if form.startswith(before)
    ]
    names = [plain(form.strip("-")) for form in forms]
    return [name for name in dict.fromkeys(names) if len(name) >= 2]
