"""Nudges as members get them: the person, the reason, one next step; later a line of record."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import Block, ButtonElement, OverflowMenuElement

from domain.digest_order import Errand, by_errand, errand_of
from domain.drafts import FOR_NUDGES
from domain.vocabulary import NudgeKind
from handlers.views.contact_cards import SHOW_LIST
from handlers.views.elements import button, menu, row, small
from handlers.views.nudge_words import NudgeShown, in_short, nudge_line
from handlers.views.screen import Message, buttons_read, message, with_buttons
from handlers.views.words import (
    MOST_TEXT,
    Line,
    Piece,
    cut,
    fallback,
    number_word,
    rich,
    shortened,
)

TELL = "nudge_tell"
ANSWER_HERE = "nudge_answer_here"
MOVED = "nudge_moved"
READY = "nudge_prepare"
OTHER_ENDING = "nudge_other_ending"
DONE = "nudge_done"
LATER = "nudge_later"
SKIP = "nudge_skip"
LATER_MENU = "nudge_later_menu"
DRAFT = "nudge_draft"
UNDO = "nudge_undo"

CALLED_OFF, NO_SHOW = "called_off", "no_show"
IN_AN_HOUR, THIS_AFTERNOON, NEXT_WEEK = "hour", "afternoon", "week"
TOMORROW, NEXT_DIGEST = "tomorrow", "digest"
PICK, STOP = "pick", "stop"
# Also of what is still to come.
SKIP_IT, A_WEEK_ON = "skip", "week_on"
SETTINGS, PAUSE_WEEK = "settings_open", "pause_a_week"
GO_ON_DAILY, GO_ON_WEEKLY, GO_ON_NONE = "go_on_daily", "go_on_weekly", "go_on_none"

_HOUR, _AFTERNOON = (
    ("Remind me in an hour", IN_AN_HOUR),
    ("Remind me this afternoon", THIS_AFTERNOON),
)
_WEEK, _PICK = ("Remind me next week", NEXT_WEEK), ("Pick a day and time", PICK)
_STOP_IT = ("No nudges about this person", STOP)

_DONE_LABELS = {
    NudgeKind.THANK_YOU: "It's sent",
    NudgeKind.THANK_YOU_AGAIN: "It's sent",
    NudgeKind.MY_PROMISE: "It's kept",
    NudgeKind.THEIR_PROMISE: "They kept it",
    NudgeKind.FOLLOW_UP: "I followed up",
    NudgeKind.OTHER_PERSON: "I asked someone",
    NudgeKind.TELL_INTRODUCER: "I told them",
    NudgeKind.PROGRESS_UPDATE: "I told them",
    NudgeKind.NOT_NOW_IS_OVER: "I asked again",
    NudgeKind.KEEP_IN_TOUCH: "I wrote",
}

_HEADINGS = {
    Errand.TALK: "Around a talk",
    Errand.THANKS: "Thanks and promises",
    Errand.WAITING: "Waiting for an answer",
    Errand.IN_TOUCH: "Staying in touch",
}

# The first line of a digest names so many.
_NAMED, _LONGEST_NAME = 3, 40
# Of each nudge among several, a screen reader reads so many characters.
_LONGEST_READ = 500

# More than ten is no digest but a list.
MOST_IN_MESSAGE = 10


def nudge_message(nudges: Sequence[NudgeShown], *, more: int = 0) -> Message:
    """One message for one nudge that comes on its own, or for all of a digest.

    What is settled is a line of record; what is open has its buttons. `more` counts what is due
    besides and waits in Home.
    """
    nudges = by_errand(nudges, lambda nudge: nudge.kind)
    still_open = [nudge for nudge in nudges if nudge.is_open]
    shown = nudges if len(nudges) <= MOST_IN_MESSAGE else (still_open or nudges)[:MOST_IN_MESSAGE]
    more += max(0, len(still_open) - len(shown))
    blocks = list(_grouped(shown))
    if more:
        blocks.append(small(f"… and {more} more, which wait in the Home tab."))
    if still_open and any(not nudge.alone for nudge in nudges):
        blocks.append(row(button("Settings", SETTINGS), button("Pause a week", PAUSE_WEEK)))
    if len(nudges) == 1:
        return message(fallback(nudge_line(nudges[0])), *blocks)
    heading = _heading(still_open)
    lines = [fallback(heading), *(nudge_read(nudge) for nudge in shown)]
    return Message(text=shortened("\n".join(lines), MOST_TEXT), blocks=[rich(heading), *blocks])


def nudge_read(nudge: NudgeShown) -> str:
    """A nudge among several as a screen reader reads it: its line, and what can be pressed."""
    offered = "".join(map(buttons_read, nudge_blocks(nudge)))
    return with_buttons(fallback(nudge_line(nudge)), offered, _LONGEST_READ)


def _heading(still_open: Sequence[NudgeShown]) -> Line:
    """Say how many there are and what the first ones ask for: a phone shows no more than that."""
    if not still_open:
        return ["All settled"]
    line: list[Piece] = [f"{number_word(len(still_open))} for today"]
    for number, nudge in enumerate(still_open[:_NAMED]):
        line += [", " if number else ": ", *_shortened(in_short(nudge))]
    left = len(still_open) - _NAMED
    return [*line, f", and {number_word(left).lower()} more." if left > 0 else "."]


def _shortened(line: Line) -> Line:
    return [cut(piece, _LONGEST_NAME) if isinstance(piece, str) else piece for piece in line]


def _grouped(nudges: Sequence[NudgeShown]) -> Iterable[Block]:
    """Draw the nudges, under small headings where they belong to several errands."""
    errands = [errand_of(nudge.kind) for nudge in nudges]
    for number, (errand, nudge) in enumerate(zip(errands, nudges, strict=True)):
        if len(set(errands)) > 1 and errand not in errands[:number]:
            yield small(_HEADINGS[errand])
        yield from nudge_blocks(nudge)


def nudge_blocks(nudge: NudgeShown) -> list[Block]:
    """A nudge's line, with its buttons while it is open, and afterwards the way back."""
    line = rich(nudge_line(nudge))
    if nudge.is_open:
        return [line, _buttons(nudge)]
    return [line, _way_back(nudge)] if nudge.can_undo else [line]


def _way_back(nudge: NudgeShown) -> Block:
    return row(button("Undo", UNDO, nudge.nudge_id))


def _buttons(nudge: NudgeShown) -> Block:
    number = nudge.nudge_id
    match nudge.kind:
        case NudgeKind.DID_IT_TAKE_PLACE | NudgeKind.ASK_AGAIN_HOW_IT_WENT:
            return _endings(number)
        case NudgeKind.GO_ON:
            choices = (("Daily", GO_ON_DAILY), ("Weekly", GO_ON_WEEKLY), ("Stop", GO_ON_NONE))
            return row(*(button(label, action, number) for label, action in choices))
        case NudgeKind.WEEKLY_REVIEW:
            # Put off, last week's would come beside the next one.
            return row(button("Open list", SHOW_LIST), button("Thanks", DONE, number))
        case NudgeKind.RESTS | NudgeKind.TALK_SOON:
            # It rests from now on, or begins soon, whatever is pressed: nothing can be put off.
            return row(button("Fine", DONE, number), _menu(number, _STOP_IT))
        case NudgeKind.BRIEF:
            first, second = button("Fine", DONE, number), button("Prepare", READY, number)
            return _with_skip_in_menu(number, first, second)
        case NudgeKind.DEBRIEF_MISSING:
            first = button("Tell me about it", TELL, number, style="primary")
            return _with_skip_in_menu(number, first, button("Answer here", ANSWER_HERE, number))
        case NudgeKind.UNPREPARED:
            first = button("Prepare", READY, number, style="primary")
        case kind if kind in FOR_NUDGES:
            return _to_write(nudge)
        case _:
            first = button(_DONE_LABELS[nudge.kind], DONE, number, style="primary")
    more = _menu(number, _HOUR, _AFTERNOON, _WEEK, _PICK, _STOP_IT)
    return row(first, button("Later", LATER, number), button("Skip", SKIP, number), more)


def _to_write(nudge: NudgeShown) -> Block:
    """Where a message is to be written, its draft comes first."""
    number = nudge.nudge_id
    draft = button("Draft it", DRAFT, number, style="primary")
    done = button(_DONE_LABELS[nudge.kind], DONE, number)
    return _with_skip_in_menu(number, draft, done)


def _with_skip_in_menu(nudge_id: int, first: ButtonElement, second: ButtonElement) -> Block:
    """Two buttons of its own and "Later"; "next week" stands in the form of "Pick …" then."""
    more = _menu(nudge_id, _HOUR, _AFTERNOON, _PICK, ("Skip", SKIP_IT), _STOP_IT)
    return row(first, second, button("Later", LATER, nudge_id), more)


def _endings(nudge_id: int) -> Block:
    return row(
        button("Tell me about it", TELL, nudge_id, style="primary"),
        button("Answer here", ANSWER_HERE, nudge_id),
        button("It moved", MOVED, nudge_id),
        menu(
            OTHER_ENDING,
            [
                ("It was called off", f"{CALLED_OFF}:{nudge_id}"),
                ("They didn't show", f"{NO_SHOW}:{nudge_id}"),
                # Its form has "In an hour", too: Slack takes no more than five.
                ("Ask me later", f"{PICK}:{nudge_id}"),
                ("Skip", f"{SKIP_IT}:{nudge_id}"),
                ("No nudges about this person", f"{STOP}:{nudge_id}"),
            ],
        ),
    )


def ahead_menu(nudge: NudgeShown) -> OverflowMenuElement | None:
    """What can be said of a nudge before it comes; None where nothing can."""
    skip, week = ("Skip it", SKIP_IT), ("A week later", A_WEEK_ON)
    pick, stop = ("On a later day", PICK), _STOP_IT
    match nudge.kind:
        case NudgeKind.GO_ON:
            return None
        case NudgeKind.RESTS:
            # It rests from then on, whatever is pressed.
            choices = [stop]
        case NudgeKind.WEEKLY_REVIEW:
            choices = [skip]
        case NudgeKind.TALK_SOON:
            choices = [skip, stop]
        case kind if errand_of(kind) == Errand.TALK:
            # A week later the talk may be over, or long over.
            choices = [skip, pick, stop]
        case _:
            choices = [skip, week, pick, stop]
    return _menu(nudge.nudge_id, *choices)


def _menu(nudge_id: int, *choices: tuple[str, str]) -> OverflowMenuElement:
    # Slack takes no more than five.
    return menu(LATER_MENU, [(label, f"{what}:{nudge_id}") for label, what in choices])
