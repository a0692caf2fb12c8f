"""What was done to a request, in words; what somebody wrote is told by its contacts."""

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy, pgettext_lazy

# So many of the last events a page tells.
EVENTS = 100

# What the timeline tells of the audit, in words; verbs that made a contact are told by the contact.
EVENT_WORDS = {
    "request.assign": gettext_lazy("gave the request to %(to)s"),
    "request.wait_for_expert": pgettext_lazy("what happened to a request", "waits for an expert"),
    "request.go_on": gettext_lazy("goes on with the work"),
    "request.refer": gettext_lazy("referred the request elsewhere"),
    "request.close": gettext_lazy("closed the request"),
    "request.mark_duplicate": gettext_lazy("marked the request as a duplicate"),
    "request.mark_spam": gettext_lazy("marked the request as spam"),
    "request.reopen": gettext_lazy("reopened the request"),
    "request.open_plan": gettext_lazy("began in-depth support"),
    "request.close_plan": gettext_lazy("ended in-depth support"),
    "request.reopen_plan": gettext_lazy("went on with in-depth support"),
    "request.write_outcome": gettext_lazy("wrote what became of the home"),
    "request.edit_details": gettext_lazy("changed the details"),
    "request.confirm_guess": gettext_lazy("confirmed the guessed municipality"),
    "request.set_topic": gettext_lazy("changed the topic"),
    "request.undo_bulk": gettext_lazy("undid a change of several requests"),
    "request.set_sensitive_note": gettext_lazy("changed the sensitive note"),
    "request.add_participant": gettext_lazy("added a person"),
    "request.renew_link": gettext_lazy("renewed the private link"),
    "request.undo_answer": gettext_lazy("took back what was just sent"),
    "request.merge": gettext_lazy("merged the request into another one"),
    "request.take_in": gettext_lazy("merged another request into this one"),
    "request.undo_merge": gettext_lazy("undid the merge into another request"),
    "request.let_go": gettext_lazy("undid the merge of another request into this one"),
    "request.split": gettext_lazy("split messages off into a new request"),
    "request.split_off": gettext_lazy("split this request off another one"),
    "request.undo_split": gettext_lazy("put this request back where it was split off"),
    "request.take_back": gettext_lazy("took back messages that were split off"),
    "request.link": gettext_lazy("linked another request"),
    "request.unlink": gettext_lazy("took away the link to another request"),
    "request.drop_guess": gettext_lazy("refused the guessed municipality"),
    "request.share_draft": gettext_lazy("shared a draft"),
    "request.unshare_draft": gettext_lazy("no longer shares a draft"),
    "request.take_over_draft": gettext_lazy("took over a colleague's draft"),
    "request.rate": gettext_lazy("rated our help"),
    "request.snooze": gettext_lazy("put the request aside"),
    "request.unsnooze": gettext_lazy("took the request up again"),
    "request.give_reach": gettext_lazy("changed how to reach them"),
    "request.make_code": gettext_lazy("made a short code"),
    "request.rest_code": gettext_lazy("tried a wrong word or number with the short code, which now rests"),
    "request.drop_code": gettext_lazy("took the short code away"),
    "request.withdraw": gettext_lazy("withdrew the request"),
    "request.ask_deletion": gettext_lazy("asked for their data to be deleted"),
}


class Event(NamedTuple):
    """One thing that was done: when, by whom, by which verb, and who has the request since."""

    at: datetime
    actor_id: int | None
    verb: str
    to: int | None
