"""App Home: the member's desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock, HeaderBlock
from slack_sdk.models.views import View

from domain.gaps import Gap
from domain.mix import Lopsided
from domain.numbers import STARTING_NAMES
from domain.vocabulary import Medium, Stage
from handlers.views.contact_cards import ADD, SHOW_LIST, stage_menu
from handlers.views.contact_form import contact_search
from handlers.views.dream import DreamShown, dream_line
from handlers.views.elements import button, menu, paragraph, plain, row, small
from handlers.views.followups import GO_ON_NOW
from handlers.views.home_paths import gap_lines, mix_line, path_lines
from handlers.views.names_form import WRITE_NAMES
from handlers.views.nudge_messages import SETTINGS, nudge_blocks
from handlers.views.nudge_words import NudgeShown
from handlers.views.prepare_form import PREPARE
from handlers.views.words import (
    MEDIA,
    Bold,
    Line,
    Mention,
    When,
    counted,
    rich,
    road,
)

LOG_TALK = "home_log_talk"
HELP = "home_help"
GUIDE = "guide_open"
SHOW_ALL = "home_show_all"
MOVE_TALK = "talk_move"
DEBRIEF = "talk_debrief"
ANSWER_HERE = "talk_answer_here"
TALK_MENU = "talk_menu"

MOVE, CALENDAR, CALL_OFF = "move", "calendar", "call_off"

MOST_DUE = 5


@dataclass(frozen=True)
class TalkShown:
    """A talk as Home lists it; `starts_at` is aware."""

    interview_id: int
    name: str
    company: str
    starts_at: datetime
    medium: Medium | None = None
    place: str = ""
    questions: int = 0


@dataclass(frozen=True)
class HalfWay:
    """A debrief question by question in which questions are left."""

    interview_id: int
    name: str
    left: int


@dataclass(frozen=True)
class Desk:
    """All that Home shows; `hour` is the member's local hour, 0 to 23.

    `just_done` is what the member pressed last and may take back. `paths` are names of paths with
    how many talks there were on each; `mix` is the one that lacks a kind, None while all are fine;
    `gaps` are the skills named most, in `gaps_of` talks. `paused_until` is aware, and None while
    there is no pause.
    """

    user_id: str
    hour: int
    due: Sequence[NudgeShown] = ()
    more_due: int = 0
    just_done: NudgeShown | None = None
    failed: int = 0
    to_debrief: Sequence[TalkShown] = ()
    half_way: Sequence[HalfWay] = ()
    talks: Sequence[TalkShown] = ()
    stages: Mapping[Stage, int] = field(default_factory=dict)
    starting_names: int = STARTING_NAMES
    paths: Sequence[tuple[str, int]] = ()
    mix: Lopsided | None = None
    gaps: Sequence[Gap] = ()
    gaps_of: int = 0
    dream: DreamShown | None = None
    paused_until: datetime | None = None


def home(desk: Desk) -> View:
    """Draw Home: one thing to do next in sight, everything else one press away."""
    blocks: list[Block] = [rich([_greeting(desk.hour), ", ", Mention(desk.user_id)])]
    waiting = bool(desk.due or desk.to_debrief or desk.half_way)
    # The next step has the coloured button: what waits, whom to ask, or else the next name.
    to_ask = bool(desk.stages.get(Stage.IDENTIFIED))
    add = button("Add contact", ADD, style=None if waiting or to_ask else "primary")
    log = button("Log a talk", LOG_TALK)
    if desk.stages or desk.talks or waiting or desk.failed:
        blocks += [row(add, log), *_pause(desk), *_today(desk), *_talks(desk)]
        blocks += [*_road(desk), *dream_line(desk.dream), *path_lines(desk.paths)]
        blocks += [*mix_line(desk.mix), *gap_lines(desk.gaps, desk.gaps_of), *_search(desk)]
    else:
        names = button("Write down ten names", WRITE_NAMES, style="primary")
        blocks += [*_first_steps(), row(names, button("Add contact", ADD), log)]
    blocks += [
        DividerBlock(),
        small("Nobody else sees what you write here: not the cohort, not its facilitators."),
        row(button("Settings", SETTINGS), button("Guide", GUIDE), button("Help", HELP)),
    ]
    return View(type="home", blocks=blocks)


def _greeting(hour: int) -> str:
    if 5 <= hour < 12:
        return "Good morning"
    return "Good afternoon" if 12 <= hour < 18 else "Good evening"


def _first_steps() -> list[Block]:
    return [
        HeaderBlock(text=plain("Your first talk is a message away")),
        paragraph("*1. Names.* Write down who does the work you are curious about."),
        paragraph("*2. Ask one.* Twenty minutes, to learn. Never for a job."),
        paragraph("*3. Talk.* Afterwards I ask what you learned, and remind you to say thanks."),
    ]


def _pause(desk: Desk) -> list[Block]:
    if desk.paused_until is None:
        return []
    line: Line = ["You have a pause until ", When(desk.paused_until, "{date_long}"), "."]
    return [rich(line), row(button("Go on now", GO_ON_NOW))]


def _today(desk: Desk) -> list[Block]:
    blocks: list[Block] = [HeaderBlock(text=plain("Today"))]
    for nudge in desk.due[:MOST_DUE]:
        blocks += nudge_blocks(nudge)
    for talk in desk.to_debrief:
        line: Line = [Bold(talk.name), " — you talked (", When(talk.starts_at), "); no notes yet."]
        tell = button("Tell me about it", DEBRIEF, talk.interview_id)
        here = button("Answer here", ANSWER_HERE, talk.interview_id)
        blocks += [rich(line), row(tell, here)]
    for half in desk.half_way:
        blocks += half_way_blocks(half)
    more = desk.more_due + len(desk.due[MOST_DUE:])
    if more:
        blocks.append(small(f"… and {more} more."))
    if desk.failed:
        messages = counted(desk.failed, "message", "messages")
        blocks.append(small(f"{messages} could not reach you; what they said stands here."))
        blocks.append(small("You can answer here; if it goes on, tell whoever runs Rapport."))
    ask: list[ButtonElement] = []
    if len(blocks) == 1:
        blocks.append(paragraph("Nothing is due. A good day to ask one more person."))
        if desk.stages.get(Stage.IDENTIFIED):
            ask = [button("Choose whom to ask", SHOW_LIST, "to ask", style="primary")]
    if desk.just_done is not None:
        blocks += nudge_blocks(desk.just_done)
    return [*blocks, row(*ask, button("Show all" if more else "What comes next", SHOW_ALL))]


def half_way_line(half: HalfWay) -> Line:
    """Say of a debrief that it is half-way."""
    waits = counted(half.left, "question is", "questions are")
    return [Bold(half.name), f" — {waits} left about your talk."]


def half_way_blocks(half: HalfWay) -> list[Block]:
    """A debrief that is half-way, with the button to go on."""
    return [rich(half_way_line(half)), row(button("Go on", ANSWER_HERE, half.interview_id))]


def _talks(desk: Desk) -> list[Block]:
    if not desk.talks:
        return []
    blocks: list[Block] = [HeaderBlock(text=plain("Next talks"))]
    for talk in desk.talks:
        ready = counted(talk.questions, "question", "questions") if talk.questions else ""
        details = [talk.company, MEDIA[talk.medium] if talk.medium else "", talk.place, ready]
        line: Line = [
            When(talk.starts_at),
            " · ",
            Bold(talk.name),
            *(f" · {detail}" for detail in details if detail),
        ]
        blocks += [rich(line), _talk_buttons(talk.interview_id)]
    return blocks


def _talk_buttons(interview_id: int) -> Block:
    entries = [
        ("Move it", f"{MOVE}:{interview_id}"),
        ("Add to calendar", f"{CALENDAR}:{interview_id}"),
        ("It was called off", f"{CALL_OFF}:{interview_id}"),
    ]
    return row(button("Prepare", PREPARE, interview_id), menu(TALK_MENU, entries))


def _road(desk: Desk) -> list[Block]:
    if not desk.stages:
        return []
    blocks: list[Block] = [HeaderBlock(text=plain("Your road")), paragraph(road(desk.stages))]
    names = sum(desk.stages.values())
    buttons = [button("Open list", SHOW_LIST)]
    if names < desk.starting_names:
        blocks.append(small(f"{names} of {desk.starting_names} names to start from."))
        buttons.append(button("Write down more names", WRITE_NAMES))
    return [*blocks, row(*buttons, stage_menu(desk.stages, [name for name, _ in desk.paths]))]


def _search(desk: Desk) -> list[Block]:
    return [row(contact_search(placeholder="Find someone …"))] if desk.stages else []
