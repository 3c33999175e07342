"""All that is known of one contact: who, the next step, what was promised, what passed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block

from domain.vocabulary import (
    AssumptionStatus,
    HowFound,
    Opportunity,
    Picture,
    PromiseBy,
    Stage,
    TouchKind,
    Vantage,
)
from handlers.views.brief import Passed, Promised
from handlers.views.contact_cards import ContactShown, contact_card, headline, tags_line
from handlers.views.dream import dream_button
from handlers.views.elements import button, row
from handlers.views.entries import Entry, entry_menu
from handlers.views.home import HalfWay, half_way_blocks
from handlers.views.notes import noted
from handlers.views.nudge_words import NudgeShown, nudge_line
from handlers.views.question_words import OUTCOMES
from handlers.views.screen import Message, message
from handlers.views.words import (
    TOUCHES,
    VANTAGES,
    WAYS_FOUND,
    Bold,
    Line,
    When,
    cut,
    fallback,
    full_date,
    rich,
)

MOST_TOUCHES = 15
SHOW_OLDER = "contact_show_older"
# What to do next, and why, where no nudge is planned.
_BY_STAGE = {
    Stage.IDENTIFIED: "Look them up, then ask: nothing has gone out yet.",
    Stage.RESEARCHED: "Ask them: you know enough by now.",
    Stage.ASKED: "Wait: the answer is theirs.",
    Stage.REPLIED: "Find a time: they answered.",
    Stage.SCHEDULED: "Prepare what you want to learn: the talk is planned.",
    Stage.TALKED: "Say thank you: you talked, and no thank-you is written down.",
    Stage.THANKED: "Nothing for now: you talked, and you thanked them.",
    Stage.IN_TOUCH: "Nothing for now: you are in touch.",
    Stage.NO_REPLY: "Let it rest: no answer came.",
    Stage.NOT_NOW: "Wait: it was not the time.",
}
_MOST_PROMISES, _MOST_LEARNED = 10, 5
_PICTURED = {
    Picture.NO: "not a place for you",
    Picture.NOT_SURE: "not sure if it is a place for you",
    Picture.YES: "you could picture yourself there",
}
_RAISED = {
    Opportunity.THEY_RAISED: "they raised an opportunity",
    Opportunity.I_RAISED: "you raised an opportunity",
}
PASSED = TOUCHES | {
    TouchKind.TALK: "We talked",
    TouchKind.RESTED: "No answer; it rests",
    TouchKind.NOTE: "Note",
}


@dataclass(frozen=True)
class TalkAhead:
    """The next talk with a contact; `starts_at` is aware, `others` names who else is there."""

    starts_at: datetime
    others: str = ""


@dataclass(frozen=True)
class Learned:
    """What the member took home from a talk at that moment (aware)."""

    at: datetime
    takeaway: str = ""
    picture: Picture | None = None
    opportunity: Opportunity | None = None


@dataclass(frozen=True)
class Believed:
    """What the member believed before a talk, and what became of it, in a few words or none."""

    text: str
    status: AssumptionStatus
    outcome: str = ""


@dataclass(frozen=True)
class AboutShown:
    """All that is known of a contact; texts that were not given are empty.

    `next_at` is when the next step comes, None when it is due by now; `touches` and
    `learned` come latest first.
    """

    contact: ContactShown
    path: str = ""
    vantage: Vantage | None = None
    how_found: HowFound | None = None
    introduced_by: str = ""
    email: str = ""
    profile_url: str = ""
    led_to: Sequence[str] = ()
    next_step: NudgeShown | None = None
    next_at: datetime | None = None
    talk_ahead: TalkAhead | None = None
    promises: Sequence[Promised] = ()
    learned: Sequence[Learned] = ()
    beliefs: Sequence[Believed] = ()
    touches: Sequence[Passed] = ()
    has_more: bool = False
    half_way: HalfWay | None = None
    entries: Sequence[Entry] = ()


def contact_about(about: AboutShown) -> Message:
    """Draw a contact's story, with what can be done about them below it."""
    who = [headline(about.contact), *_known(about)]
    ahead = _talk_ahead(about.talk_ahead)
    parts = [who, ahead, _next_step(about), _promised(about)]
    parts += [_learned(about), _believed(about), _passed(about.touches)]
    blocks: list[Block] = [rich(*lines) for lines in parts if lines]
    if about.has_more:
        blocks.append(_show_older(about.contact.contact_id, MOST_TOUCHES))
    if about.half_way is not None:
        blocks += half_way_blocks(about.half_way)
    blocks += [*contact_card(about.contact)[1:], dream_button(about.contact)]
    if about.entries:
        blocks.append(row(entry_menu(about.entries)))
    lines = [fallback(line) for part in parts for line in part]
    return message("\n".join(lines), *blocks)


def _known(about: AboutShown) -> list[Line]:
    how = WAYS_FOUND[about.how_found] if about.how_found else ""
    if about.introduced_by:
        how = f"Introduced by {about.introduced_by}"
    told = [
        " · ".join(filter(None, (VANTAGES[about.vantage] if about.vantage else "", how))),
        f"Path: {about.path}" if about.path else "",
        " · ".join(filter(None, (about.email, cut(about.profile_url, 300)))),
        f"Led to {cut(', '.join(about.led_to), 500)}" if about.led_to else "",
        tags_line(about.contact.tags),
    ]
    note = [noted(about.contact.note, 1000)] if about.contact.note else []
    return [*([line] for line in told if line), *note]


def _talk_ahead(talk: TalkAhead | None) -> list[Line]:
    if talk is None:
        return []
    others = f", with {cut(talk.others, 200)}" if talk.others else ""
    return [[Bold("Talk ahead: "), When(talk.starts_at), others]]


def _next_step(about: AboutShown) -> list[Line]:
    if about.next_step is None:
        what = _BY_STAGE.get(about.contact.stage)
        return [[Bold("Next step")], [what]] if what else []
    when: Line = [" (", When(about.next_at), ")"] if about.next_at else []
    return [[Bold("Next step"), *when], nudge_line(about.next_step)]


def _promised(about: AboutShown) -> list[Line]:
    if not about.promises:
        return []
    lines: list[Line] = [[Bold("Promised")]]
    for promise in about.promises[:_MOST_PROMISES]:
        who = "I: " if promise.by == PromiseBy.ME else "They: "
        by = f" (by {full_date(promise.due_on)})" if promise.due_on else ""
        lines.append([who, cut(promise.what, 200), by])
    return lines


def _learned(about: AboutShown) -> list[Line]:
    lines: list[Line] = [[Bold("What you learned")]]
    for learned in about.learned:
        told = [
            cut(learned.takeaway, 300),
            _PICTURED[learned.picture] if learned.picture else "",
            _RAISED.get(learned.opportunity, "") if learned.opportunity else "",
        ]
        if any(told):
            what = " · ".join(filter(None, told))
            lines.append([When(learned.at, "{date_short}"), f" — {what}"])
    return lines[: _MOST_LEARNED + 1] if len(lines) > 1 else []


def _believed(about: AboutShown) -> list[Line]:
    if not about.beliefs:
        return []
    lines: list[Line] = [[Bold("What you believed")]]
    for belief in about.beliefs[:_MOST_PROMISES]:
        outcome = f": {cut(belief.outcome, 150)}" if belief.outcome else ""
        lines.append([f"{cut(belief.text, 200)} — {OUTCOMES[belief.status].lower()}{outcome}"])
    return lines


def older(name: str, contact_id: int, touches: Sequence[Passed], following: int | None) -> Message:
    """Draw what passed before that; `following` is where the next page begins, None for no more."""
    heading: Line = [Bold(name), ": what passed before that"]
    lines = [heading, *_passed(touches)[1:]]
    blocks: list[Block] = [rich(*lines)]
    if following is not None:
        blocks.append(_show_older(contact_id, following))
    return message("\n".join(fallback(line) for line in lines), *blocks)


def _show_older(contact_id: int, offset: int) -> Block:
    return row(button("Show older", SHOW_OLDER, f"{contact_id}:{offset}"))


def _passed(touches: Sequence[Passed]) -> list[Line]:
    if not touches:
        return []
    lines: list[Line] = [[Bold("What passed, latest first")]]
    for touch in touches:
        note = f": {cut(touch.note, 150)}" if touch.note else ""
        others = f", with {cut(touch.others, 200)}" if touch.others else ""
        what = f"{PASSED[touch.kind]}{others}{note}"
        lines.append([When(touch.at, "{date_short}"), " — ", what])
    return lines
