"""What a finder sees, for the tests of each."""

from core.detector.patterns import clean


def found(finder, text):
    """Return what a finder sees in a text."""
    text = clean(text)
    return [text[start:end] for start, end in finder(text)]
