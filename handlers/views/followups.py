"""What is due and what comes next, each with its reason; and pauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, DatePickerElement, DividerBlock

from domain.vocabulary import NudgeKind
from handlers.views.elements import beside, button, paragraph, plain, row, small
from handlers.views.nudge_messages import (
    PAUSE_WEEK,
    SETTINGS,
    ahead_menu,
    nudge_blocks,
    nudge_read,
)
from handlers.views.nudge_words import NudgeShown
from handlers.views.screen import Message, buttons_read, message, with_buttons
from handlers.views.words import (
    MOST_TEXT,
    Bold,
    Line,
    When,
    cut,
    escape,
    fallback,
    number_word,
    rich,
    shortened,
)

GO_ON_NOW, PAUSE_UNTIL = "pause_end", "pause_until"
MOST_DUE, MOST_AHEAD = 10, 10
DAY = "{date_long}"
NOTHING_AHEAD = "Nothing comes next yet. A good day to ask one more person."
# Why a pause cannot be; the dots stand for what was typed.
UNCLEAR = "I can't tell which day … is, so nothing has changed."
PASSED = "… has come already, so nothing has changed."
TOO_FAR = "… is more than a year away; a pause that long I might forget. Nothing has changed."

# Why each kind comes, as long as nothing happens before that makes it needless.
_REASONS = {
    NudgeKind.UNPREPARED: "your talk is near, and nothing is prepared yet",
    NudgeKind.BRIEF: "the brief for your talk",
    NudgeKind.TALK_SOON: "your talk begins soon after",
    NudgeKind.DID_IT_TAKE_PLACE: "how did your talk go?",
    NudgeKind.ASK_AGAIN_HOW_IT_WENT: "your talk: did it take place?",
    NudgeKind.DEBRIEF_MISSING: "you talked; no notes yet",
    NudgeKind.THANK_YOU: "you talked; no thank-you yet",
    NudgeKind.THANK_YOU_AGAIN: "a thank-you, if there is none by then",
    NudgeKind.MY_PROMISE: "what you promised",
    NudgeKind.THEIR_PROMISE: "what they promised, if nothing came by then",
    NudgeKind.PROGRESS_UPDATE: "you kept your word; tell them how it went",
    NudgeKind.TELL_INTRODUCER: "tell them how the talk went that they led to",
    NudgeKind.OTHER_PERSON: "no answer; someone else there may tell you more",
    NudgeKind.FOLLOW_UP: "no answer; one polite follow-up",
    NudgeKind.RESTS: "no answer; then it rests",
    NudgeKind.NOT_NOW_IS_OVER: "it was not the time; then you may ask again",
    NudgeKind.KEEP_IN_TOUCH: "it will have been a while; a few lines",
    NudgeKind.WEEKLY_REVIEW: "a look back on your week",
    NudgeKind.GO_ON: "whether I shall go on",
}


@dataclass(frozen=True)
class FollowUps:
    """All that the answer shows; `ahead` with the moments at which they come, aware.

    `just_done` is what was pressed in the answer before this one. `paused_until` is None while
    there is no pause; `has_digest` is false for who wants none.
    """

    due: Sequence[NudgeShown] = ()
    ahead: Sequence[tuple[datetime, NudgeShown]] = ()
    paused_until: datetime | None = None
    has_digest: bool = True
    just_done: NudgeShown | None = None
    goes_on: bool = False


def followups(shown: FollowUps) -> Message:
    """What is due now, each with its buttons; then what comes next, when and why, with a menu."""
    done, top = shown.just_done, _top(shown)
    blocks: list[Block] = [*(nudge_blocks(done) if done else []), rich(*top)]
    for nudge in shown.due[:MOST_DUE]:
        blocks += nudge_blocks(nudge)
    if len(shown.due) > MOST_DUE:
        blocks.append(small("… and more, once these are settled."))
    buttons = _buttons(paused=shown.paused_until is not None)
    blocks += [DividerBlock(), *_ahead(shown), buttons]
    lines: list[Line] = [[When(at), " · ", _coming(one)] for at, one in shown.ahead[:MOST_AHEAD]]
    lines += [] if shown.ahead else [[NOTHING_AHEAD]]
    due = [nudge_read(nudge) for nudge in shown.due[:MOST_DUE]]
    first = [nudge_read(done)] if done else []
    ahead = [shortened(fallback(line), 500) for line in lines]
    read = [*first, *map(fallback, top), *due, *ahead]
    text = with_buttons("\n".join(read), buttons_read(buttons), MOST_TEXT)
    return Message(text=text, blocks=blocks)


def paused(until: datetime) -> Message:
    """The line after a pause began, with the way back."""
    line: Line = [*_pause(until), " What comes due waits for you, nothing is lost."]
    back = row(button("Go on now", GO_ON_NOW))
    return message(fallback(line), rich(line), back)


def pause_refused(typed: str, command: str, why: str) -> Message:
    """The answer to a pause that cannot be: UNCLEAR, PASSED or TOO_FAR, with right forms of it."""
    before, after = why.split("…")
    problem = f"{before}“{cut(typed, 60)}”{after}"
    hint = f"Like this: `{command} pause until friday`  `{command} pause 2 weeks`"
    return message(f"{escape(problem)} {hint}", rich([problem]), paragraph(hint))


def _top(shown: FollowUps) -> list[Line]:
    lines: list[Line] = []
    if shown.goes_on:
        lines.append(["I go on: what is due comes with your next digest."])
    if shown.paused_until is not None:
        lines.append(_pause(shown.paused_until))
    elif not shown.has_digest:
        lines.append(["You get no digest: what is due waits here and in the Home tab."])
    number = min(len(shown.due), MOST_DUE)
    due = f"{number_word(number)} for today" if number else "Nothing is due right now."
    return [*lines, [Bold(due)]]


def _pause(until: datetime) -> Line:
    return ["Paused until ", When(until, DAY), "."]


def _ahead(shown: FollowUps) -> list[Block]:
    if not shown.ahead:
        return [rich([NOTHING_AHEAD])]
    blocks: list[Block] = [rich([Bold("What comes next")])]
    for at, nudge in shown.ahead[:MOST_AHEAD]:
        blocks.append(beside(When(at), _coming(nudge), ahead_menu(nudge)))
    if len(shown.ahead) > MOST_AHEAD:
        blocks.append(small("… and more after that."))
    return blocks


def _coming(nudge: NudgeShown) -> str:
    """Who and why: "NAME · COMPANY — you talked; no thank-you yet"."""
    reason = _REASONS[nudge.kind]
    if not nudge.name:
        return f"{reason[0].upper()}{reason[1:]}"
    company = f" · {nudge.company}" if nudge.company else ""
    promise = f": {cut(nudge.promise, 150)}" if nudge.promise else ""
    return f"{nudge.name}{company} — {reason}{promise}"


def _buttons(*, paused: bool) -> Block:
    pause = button("Go on now", GO_ON_NOW) if paused else button("Pause a week", PAUSE_WEEK)
    day = DatePickerElement(action_id=PAUSE_UNTIL, placeholder=plain("Pause until …"))
    return row(button("Settings", SETTINGS), pause, day)
