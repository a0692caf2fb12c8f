"""Rules of the texts: one msgid for one meaning, and a context where one English text is two in Czech."""

import re
from collections import defaultdict

import pytest
from babel.messages.catalog import Catalog, Message

from core.management import catalogue

# Two msgids that differ only by case or full stop, each pair because Czech has two words for it, or because
# one is a heading and the other a whole sentence among others.
TWO_OF_A_KIND = {
    "answered": "a step that is over, and the state of a request",
    "as known on": "a label, and words inside a sentence",
    "asked": "of a municipality, and when something was written",
    "came": "of anything, and of a message",
    "consultant": "the head of a column, and a role",
    "discarded": "of several messages, and of one",
    "e-mail": "a label, and one of the channels inside a sentence",
    "ended": "the end of a project, and a state",
    "municipality": "a heading, and a kind of place or requester",
    "organised by": "a label, and the beginning of a line",
    "people": "a heading, and a unit",
    "person": "a heading, and a kind of requester",
    "saved": "a whole sentence, and the state of a return",
    "settled": "a heading, and a state",
    "somebody else has changed it meanwhile": "a heading, and a reason",
    "something has changed meanwhile": "a heading, and a reason",
    "the password is changed": "a heading, and a message",
    "the period is closed": "a heading, and a reason",
    "the requester": "a heading, and a participant",
    "this account may not log in now": "a heading, and a reason",
    "this invitation no longer works": "a heading, and a reason",
    "this link no longer works": "a heading, and a reason",
    "withdrawn": "of a text, and of a request",
}

# Short texts of several capabilities in which English does not say what Czech has to: what "it" is, or who is
# "sent". Read in Czech at each place; one that is two there gets a context.
SHARED = {
    "%(count)s new answer",
    "Plan it again", "The programme is saved.",
    "Ended", "Reminded", "Related", "Written", "closed", "draft", "merged", "new message", "published",
    "received", "sent", "taken back", "undone",
    "Answer asked by", "Change it", "Looked after by", "Reviewed by", "What has changed:", "Go on with it",
    "Households supported", "How it ended", "How certain it is", "How it stands",
    "It is undone already.", "Keep it", "Merged into", "More about it",
    "Prepared answers", "Print this page", "Read it", "Save the draft", "Saved %(time)s.", "Saved filters",
    "Nothing was changed.", "Stay logged in", "Take it back", "The changes are saved.", "The answer is sent.",
    "Send a new link", "The expert is reminded.", "This day is over.", "Who is asked",
    "Topics that I watch",
    "As it stands now", "It is saved.",
    "This was not done", "Typed by you", "What became of it", "What came of it",
    "What has changed", "What it is about", "What it means", "Why it fits",
    "answer asked by %(day)s", "it did not help", "it helped", "it helped partly", "or keep it, because",
    "shipped with the portal",
    "It is added.", "What it is called", "When", "last saved by",
    "not used any more", "to be checked", "Open the text", "Texts to be checked",
}  # fmt: skip
HIDES = re.compile(r"\b(it|its|this|that|them|draft|new|undone|\w+e[dn]|sent)\b", re.IGNORECASE)
FEW_WORDS = 4


@pytest.fixture(scope="module")
def texts() -> Catalog:
    return catalogue.gather()


def english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def capabilities(message: Message) -> set[str]:
    """Return in which folders a text stands; a template belongs to the folder that it is named after."""
    found = set()
    for name, _line in message.locations:
        parts = re.sub(r"^templates/(email/)?", "", name).split("/")
        deep = parts[0] in ("consultations", "municipalities", "core")
        found.add("/".join(parts[:2]) if deep else parts[0])
    return found


def test_no_two_msgids_differ_only_by_case_or_full_stop(texts):
    alike = defaultdict(set)
    for message in texts:
        alike[english(message).casefold().rstrip(".")].add(english(message))
    assert {text for text, ids in alike.items() if len(ids) > 1} == set(TWO_OF_A_KIND)


def test_shared_short_texts_were_read_at_each_place(texts):
    shared = {
        english(message)
        for message in texts
        if message.id and not message.context
        and len(english(message).split()) <= FEW_WORDS and HIDES.search(english(message))
        and len(capabilities(message)) > 1
    }  # fmt: skip
    assert shared == SHARED


@pytest.mark.parametrize(
    ("context", "czech"),
    [("expert question", "Zahodit rozepsaný dotaz"), ("programme", "Zahodit rozepsaný program")],
)
def test_a_draft_that_is_thrown_away_is_called_what_it_is(context, czech):
    assert catalogue.read("cs").get("Throw the draft away", context).string == czech
