from accounts.permissions import Permission
from core.documents.forms import DocumentForm, Section
from core.documents.kind import Kind, May, Wording
from tests.trial.models import Note, NoteEdition


class NoteForm(DocumentForm):
    model = NoteEdition
    sections = (Section("Note", ("title", "text", "review_on")),)


MAY = May(
    Permission.VIEW_DESK,
    Permission.WRITE_SUMMARY,
    Permission.APPROVE_SUMMARY,
    Permission.WITHDRAW_SUMMARY,
)
NOTES = Kind("note", "notes", Note, NoteForm, MAY, Wording("Notes", "Notes"), can_start_from_list=True)
