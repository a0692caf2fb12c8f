"""What tests of reviews share: a text to be read, and who was written to."""

from core.outbox.mail import OutgoingMail
from tests.factories.material_texts import ChapterFactory, MaterialEditionFactory

TEXT = "Úvodní odstavec kapitoly.\n\nDruhý odstavec, o kterém se dá něco říct.\n\n![](figure:plan)"


def a_text(**fields):
    """Return the draft of a text with one chapter, of a material that is being written."""
    edition = MaterialEditionFactory(document__material__state="drafted", **fields)
    ChapterFactory(edition=edition, text=TEXT)
    return edition


def told():
    """Return to whom which mail went, in order."""
    return list(OutgoingMail.objects.order_by("pk").values_list("to", "kind"))
