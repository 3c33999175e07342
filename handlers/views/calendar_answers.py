"""What the bot says with a calendar file, and when it could not be sent."""

from datetime import datetime

from handlers.views.elements import button, row
from handlers.views.screen import Message, message, one_line
from handlers.views.words import FULL_DAY_AND_TIME, Bold, Line, When, fallback, rich

ADD_TO_CALENDAR = "talk_add_to_calendar"


def file_title(name: str) -> str:
    """The title of the file, and of the talk in the calendar."""
    return f"Talk with {name}"


def file_comment(name: str, starts_at: datetime, *, gone: str = "", is_update: bool = False) -> str:
    """The message text above a calendar file: what to do with it.

    `gone` says why the talk leaves the calendar: "called off", "deleted".
    """
    line: Line = [
        "Open this to have your talk with ",
        name,
        " in your calendar: ",
        When(starts_at, FULL_DAY_AND_TIME),
        ". If it moves, a new file follows and replaces this one.",
    ]
    if is_update:
        line = ["Your talk with ", name, " has changed: ", When(starts_at, FULL_DAY_AND_TIME)]
        line = [*line, ". Open this, and your calendar follows."]
    if gone:
        line = ["Your talk with ", name, f" is {gone}. Open this, and it leaves your calendar."]
    return fallback(line)


def file_is_in_dm(name: str) -> Message:
    """The private answer where "Add to calendar" was pressed outside the DM."""
    return one_line(["The calendar file for your talk with ", Bold(name), " is in our DM."])


def file_not_sent(interview_id: int, name: str) -> Message:
    """The line after a calendar file could not be sent, with the way to try again."""
    line: Line = [
        "The calendar file for your talk with ",
        Bold(name),
        " did not get through. The talk itself is saved.",
    ]
    again = row(button("Try again", ADD_TO_CALENDAR, interview_id))
    return message(fallback(line), rich(line), again)
