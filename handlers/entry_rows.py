"""What a member logged about a contact, as entries that can be chosen and corrected."""

from domain.hours import Rhythm
from domain.vocabulary import InterviewStatus, PromiseBy, TouchKind
from handlers.views.contact_about import PASSED
from handlers.views.entries import Entry, EntryKind
from handlers.whom import with_whom
from storage.models import Assumption, Interview, Promise, Touch

EntryRow = Touch | Interview | Promise | Assumption

_TALKS = {
    InterviewStatus.SCHEDULED: "Talk planned with",
    InterviewStatus.TOOK_PLACE: "Talk with",
    InterviewStatus.CALLED_OFF: "Talk called off with",
    InterviewStatus.NO_SHOW: "They didn't show:",
}


def entry_of(row: EntryRow, rhythm: Rhythm) -> Entry:
    """Give an entry in a few words; of a talk, contact and guests must be loaded."""
    if isinstance(row, Touch):
        what = f"{PASSED[row.kind]}: {row.note}" if row.note else PASSED[row.kind]
        by_bot = row.kind == TouchKind.RESTED
        on = rhythm.local(row.at).date()
        return Entry(EntryKind.TOUCH, row.id, what, on, can_correct=not by_bot)
    if isinstance(row, Interview):
        what = f"{_TALKS[row.status]} {with_whom(row)}"
        on, held = rhythm.local(row.starts_at).date(), row.status == InterviewStatus.TOOK_PLACE
        return Entry(EntryKind.TALK, row.id, what, on, held=held)
    if isinstance(row, Promise):
        kept = " (kept)" if row.kept_at is not None else ""
        who = "I promised" if row.by == PromiseBy.ME else "They promised"
        return Entry(EntryKind.PROMISE, row.id, f"{who}{kept}: {row.what}")
    return Entry(EntryKind.BELIEF, row.id, f"I believed: {row.text}")
