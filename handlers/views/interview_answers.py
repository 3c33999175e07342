"""What the bot says after a talk was planned, and after its debrief."""

from datetime import datetime

from domain.debrief import Answers
from handlers.views.calendar_answers import ADD_TO_CALENDAR
from handlers.views.contact_cards import DRAFT
from handlers.views.debrief_words import hints
from handlers.views.elements import button, row
from handlers.views.home import DEBRIEF, MOVE_TALK
from handlers.views.prepare_form import PREPARE
from handlers.views.screen import Message, message, one_line
from handlers.views.words import FULL_DAY_AND_TIME, Bold, Line, When, counted, fallback, rich

STILL_ON = "talk_still_on"

_IT_HAPPENS = " It happens; a short line to find another time often works."


def talk_scheduled(interview_id: int, name: str, starts_at: datetime) -> Message:
    """The private line after a planned talk was saved."""
    line: Line = [
        "Your talk with ",
        Bold(name),
        " is planned: ",
        # This line stays as it is: no "today" that is wrong tomorrow.
        When(starts_at, FULL_DAY_AND_TIME),
        ". Soon after it ends I'll ask how it went.",
    ]
    buttons = row(
        button("Prepare", PREPARE, interview_id),
        button("Add to calendar", ADD_TO_CALENDAR, interview_id),
        button("Move it", MOVE_TALK, interview_id),
    )
    return message(fallback(line), rich(line), buttons)


def talk_called_off(interview_id: int, contact_id: int, name: str) -> Message:
    """The line after a talk was called off, with the next step and the way back."""
    line: Line = [
        "The talk with ",
        Bold(name),
        " is called off.",
        _IT_HAPPENS,
    ]
    buttons = row(
        button("Draft it", DRAFT, contact_id),
        button("Find a new time", MOVE_TALK, interview_id),
        button("It takes place", STILL_ON, interview_id),
    )
    return message(fallback(line), rich(line), buttons)


def talk_fell_through(interview_id: int, contact_id: int, name: str, *, no_show: bool) -> Message:
    """The line after a talk whose time has come did not happen, with the next step."""
    what: Line = (
        [Bold(name), " didn't show."]
        if no_show
        else ["The talk with ", Bold(name), " is called off."]
    )
    line: Line = [*what, _IT_HAPPENS]
    buttons = row(
        button("Draft it", DRAFT, contact_id),
        button("Find a new time", MOVE_TALK, interview_id),
    )
    return message(fallback(line), rich(line), buttons)


def talk_still_on(interview_id: int, name: str, starts_at: datetime) -> Message:
    """The line after that was taken back."""
    line: Line = ["The talk with ", Bold(name), " takes place: ", When(starts_at), "."]
    return message(fallback(line), rich(line), row(button("Prepare", PREPARE, interview_id)))


def not_ahead(name: str) -> Message:
    """The answer to a button for a talk ahead, if it is over by now or does not take place."""
    return one_line(["Your talk with ", Bold(name), " is not ahead any more."])


def still_ahead(name: str, starts_at: datetime) -> Message:
    """The answer to a button that asks how a talk went, if it was moved and is still to come."""
    return one_line(["Your talk with ", Bold(name), " is still ahead: ", When(starts_at), "."])


def debrief_saved(
    interview_id: int,
    name: str,
    *,
    new_contacts: int,
    thanked: bool,
    answers: Answers,
) -> Message:
    """The private line after a debrief: what was kept, and the one next step."""
    lines: list[Line] = [["What you learned from ", Bold(name), " is saved."]]
    if new_contacts:
        people = counted(new_contacts, "new person", "new people")
        lines.append([f"{people} on your list, introduced by ", Bold(name), "."])
    lines += hints(answers)
    if not thanked:
        lines.append(["Next: a thank-you, three to five sentences, best within a day of the talk."])
    told = one_line(*lines)
    change = row(button("Change my notes", DEBRIEF, interview_id))
    return message(told.text, *told.blocks, change)
