"""Nudges as members get them: the person, the reason, one next step; later a line of record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block

from domain.vocabulary import Answer, InterviewStatus, NudgeKind
from handlers.views.elements import button, menu, row, small
from handlers.views.screen import Message
from handlers.views.words import MOST_TEXT, Bold, Line, When, fallback, number_word, rich, shortened

TELL = "nudge_tell"
MOVED = "nudge_moved"
OTHER_ENDING = "nudge_other_ending"
DONE = "nudge_done"
LATER = "nudge_later"
SKIP = "nudge_skip"
LATER_MENU = "nudge_later_menu"

CALLED_OFF, NO_SHOW, ASK_LATER = "called_off", "no_show", "ask_later"
IN_AN_HOUR, TOMORROW, NEXT_WEEK = "hour", "tomorrow", "week"

# Two blocks each, and a message has room for fifty.
MOST_IN_MESSAGE = 20


@dataclass(frozen=True)
class NudgeShown:
    """A nudge with all that its line needs; moments are aware.

    `answer` and `later_until` say what was pressed; `is_open` is false when there is nothing left
    to press, because it was answered, or because what it asks for was logged elsewhere.
    """

    nudge_id: int
    kind: NudgeKind
    name: str
    company: str
    talk_starts_at: datetime
    talk_status: InterviewStatus
    is_open: bool = True
    answer: Answer | None = None
    later_until: datetime | None = None


def nudge_message(nudges: Sequence[NudgeShown]) -> Message:
    """One message for one nudge that comes on its own, or for all of a digest.

    What is settled is a line of record; what is open has its buttons. Of more than twenty, those
    that are open come first, and the others follow as these are settled.
    """
    still_open = [nudge for nudge in nudges if nudge.is_open]
    shown = nudges if len(nudges) <= MOST_IN_MESSAGE else (still_open or nudges)[:MOST_IN_MESSAGE]
    blocks: list[Block] = []
    for nudge in shown:
        blocks += nudge_blocks(nudge)
    if len(nudges) == 1:
        return Message(text=fallback(nudge_line(nudges[0])), blocks=blocks)
    heading = f"{number_word(len(still_open))} for today" if still_open else "All settled"
    lines = [heading, *(fallback(nudge_line(nudge)) for nudge in shown)]
    if len(still_open) > len(shown):
        blocks.append(small(f"… and {len(still_open) - len(shown)} more, once these are settled."))
    text = shortened("\n".join(shortened(line, 500) for line in lines), MOST_TEXT)
    return Message(text=text, blocks=[rich([heading]), *blocks])


def nudge_blocks(nudge: NudgeShown) -> list[Block]:
    """A nudge's line, with its buttons while it is open."""
    line = rich(nudge_line(nudge))
    if not nudge.is_open:
        return [line]
    if nudge.kind == NudgeKind.DID_IT_TAKE_PLACE:
        return [line, _endings(nudge.nudge_id)]
    return [line, _done_later_skip(nudge.nudge_id)]


def nudge_line(nudge: NudgeShown) -> Line:
    """Say why the bot speaks, or what became of it."""
    if not nudge.is_open:
        return _record(nudge)
    who: Line = [Bold(nudge.name), f" · {nudge.company}" if nudge.company else ""]
    if nudge.kind == NudgeKind.DID_IT_TAKE_PLACE:
        when: Line = [" (", When(nudge.talk_starts_at), ")"]
        return ["You were to talk with ", *who, *when, ". How did it go?"]
    return [*who, " — you talked (", When(nudge.talk_starts_at), "); no thank-you yet."]


def _record(nudge: NudgeShown) -> Line:
    """The one line that stays when there is nothing left to press."""
    name = Bold(nudge.name)
    if nudge.answer == Answer.LATER and nudge.later_until is not None:
        return ["I'll come back to ", name, ": ", When(nudge.later_until), "."]
    if nudge.kind == NudgeKind.THANK_YOU:
        if nudge.answer == Answer.SKIP:
            return ["No thank-you to ", name, ": left alone."]
        return ["You thanked ", name, "."]
    match nudge.talk_status:
        case InterviewStatus.TOOK_PLACE:
            return ["You talked with ", name, " (", When(nudge.talk_starts_at), ")."]
        case InterviewStatus.CALLED_OFF:
            return ["The talk with ", name, " was called off."]
        case InterviewStatus.NO_SHOW:
            return [
                name,
                " didn't show. It happens; a short line to find another time often works.",
            ]
        case InterviewStatus.SCHEDULED:
            return ["The talk with ", name, " has moved: ", When(nudge.talk_starts_at), "."]


def _endings(nudge_id: int) -> Block:
    return row(
        button("Tell me about it", TELL, nudge_id, style="primary"),
        button("It moved", MOVED, nudge_id),
        menu(
            OTHER_ENDING,
            [
                ("It was called off", f"{CALLED_OFF}:{nudge_id}"),
                ("They didn't show", f"{NO_SHOW}:{nudge_id}"),
                ("Ask me in an hour", f"{ASK_LATER}:{nudge_id}"),
            ],
        ),
    )


def _done_later_skip(nudge_id: int) -> Block:
    return row(
        button("It's sent", DONE, nudge_id, style="primary"),
        button("Later", LATER, nudge_id),
        button("Skip", SKIP, nudge_id),
        menu(
            LATER_MENU,
            [
                ("Remind me in an hour", f"{IN_AN_HOUR}:{nudge_id}"),
                ("Remind me tomorrow", f"{TOMORROW}:{nudge_id}"),
                ("Remind me next week", f"{NEXT_WEEK}:{nudge_id}"),
            ],
        ),
    )
