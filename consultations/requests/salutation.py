"""How an answer begins and ends: the greeting and signature of its author, in the language of the request."""

from accounts.models import User
from consultations.models import SupportRequest


def greeting(request: SupportRequest, *, by: User) -> str:
    """Return how an answer of `by` greets the requester; "" where they have no greeting of their own."""
    own, _signature = by.letter_frame(request.language)
    known = request.requester.salutation if request.language == "cs" else ""
    return f"{known.rstrip(',')}," if own and known else own


def frame(request: SupportRequest, *, by: User) -> str:
    """Return what an empty answer begins with: greeting and signature, with room between them."""
    above, below = greeting(request, by=by), by.letter_frame(request.language)[1]
    return f"{above}\n\n\n\n{below}" if above or below else ""


def written(text: str, request: SupportRequest, *, by: User) -> str:
    """Return a text, or "" where it is nothing but greeting and signature."""
    return "" if text.split() == frame(request, by=by).split() else text


def put_in(text: str, extra: str, request: SupportRequest, *, by: User) -> str:
    """Return a text with another below it, above its signature where it has one."""
    signature = by.letter_frame(request.language)[1]
    above = text.rstrip().removesuffix(signature) if signature else text
    parts = [above.rstrip(), extra.strip(), signature if above != text else ""]
    return "\n\n".join(part for part in parts if part)


def is_greeted(text: str, request: SupportRequest, *, by: User) -> bool:
    """Tell whether a text greets the requester itself."""
    above = greeting(request, by=by)
    return bool(above) and text.startswith(above)


def is_signed(text: str, request: SupportRequest, *, by: User) -> bool:
    """Tell whether a text ends with its author's signature."""
    below = by.letter_frame(request.language)[1]
    return bool(below) and text.endswith(below)
