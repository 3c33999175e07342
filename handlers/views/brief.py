"""The brief before a talk: who, what passed, what was looked up, what to find out and to ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.vocabulary import PromiseBy, ResearchItem, TouchKind, Vantage
from handlers.views.question_words import LAST_QUESTION, RESEARCH
from handlers.views.words import Bold, Line, Piece, When, cut, full_date

MOST_TOUCHES = MOST_PROMISES = 3
_DAY = "{date_short_pretty}"
_VANTAGES = {
    Vantage.BOSS: "would be your boss",
    Vantage.PEER: "a peer in the role",
    Vantage.SENIOR: "further up",
    Vantage.RECRUITER: "a recruiter",
    Vantage.OTHER: "",
}
_TOUCHES = {
    TouchKind.ASKED: "you asked",
    TouchKind.REPLIED: "they answered",
    TouchKind.FOLLOW_UP: "you followed up",
    TouchKind.TALK: "you talked",
    TouchKind.THANK_YOU: "you said thank you",
    TouchKind.UPDATE: "you sent news",
    TouchKind.NOTE: "you noted",
    TouchKind.INTRODUCTION: "they introduced you to someone",
    TouchKind.NOT_NOW: "they said: not now",
    TouchKind.DECLINED: "they said no",
    TouchKind.RESTED: "no answer",
}
_PROMISED = {PromiseBy.ME: "You promised", PromiseBy.THEM: "They promised"}


@dataclass(frozen=True)
class Passed:
    """Something that passed between the member and the contact; `at` is aware.

    `others` are those who were in the talk, too.
    """

    kind: TouchKind
    at: datetime
    note: str = ""
    others: str = ""


@dataclass(frozen=True)
class Promised:
    """A promise that is still open; `due_on` is a local date."""

    by: PromiseBy
    what: str
    due_on: date | None = None


@dataclass(frozen=True)
class AlsoThere:
    """Somebody else who will be in the talk, with what was looked up about them."""

    name: str
    work: str = ""
    vantage: Vantage | None = None
    research: Sequence[str] = ()


@dataclass(frozen=True)
class Brief:
    """All that a member may want at hand before a talk; the latest touch comes first.

    Title, vantage, touches and research are of the first of several people; beliefs and promises
    are of all.
    """

    title: str = ""
    vantage: Vantage | None = None
    touches: Sequence[Passed] = ()
    research: Mapping[ResearchItem, str] = field(default_factory=dict)
    beliefs: Sequence[str] = ()
    questions: Sequence[str] = ()
    promises: Sequence[Promised] = ()
    also_there: Sequence[AlsoThere] = ()


def brief_line(brief: Brief) -> Line:
    """The brief as further lines of one line: each begins on a new one."""
    lines = [
        *_who(brief),
        *_touches(brief.touches),
        *_research(brief.research),
        *_also_there(brief.also_there),
        *_promises(brief.promises),
        *_beliefs(brief.beliefs),
        *_questions(brief.questions),
    ]
    pieces: list[Piece] = []
    for line in lines:
        pieces += ["\n", *line]
    return pieces


def _who(brief: Brief) -> list[Line]:
    vantage = _VANTAGES[brief.vantage] if brief.vantage else ""
    known = " · ".join(part for part in (brief.title, vantage) if part)
    return [[Bold("Who: "), known]] if known else []


def _touches(touches: Sequence[Passed]) -> list[Line]:
    pieces: list[Piece] = []
    for touch in touches[:MOST_TOUCHES]:
        note = f" (“{cut(touch.note, 80)}”)" if touch.note else ""
        pieces += [" · " if pieces else "", f"{_TOUCHES[touch.kind]}{note}, ", When(touch.at, _DAY)]
    return [[Bold("Last: "), *pieces]] if pieces else []


def _research(found: Mapping[ResearchItem, str]) -> list[Line]:
    noted: list[Line] = [
        [Bold(f"{RESEARCH[item]}: "), cut(note, 200)] for item, note in found.items() if note
    ]
    if not found:
        return [[Bold("Looked up: "), "nothing yet; ten minutes are enough"]]
    missing = [RESEARCH[item] for item in ResearchItem if item not in found]
    if missing:
        noted.append([Bold("Not looked up yet: "), ", ".join(missing).lower()])
    return noted


def _also_there(others: Sequence[AlsoThere]) -> list[Line]:
    lines: list[Line] = []
    for other in others:
        vantage = _VANTAGES[other.vantage] if other.vantage else ""
        known = [other.work, vantage, *(cut(note, 100) for note in other.research)]
        told = "".join(f" · {part}" for part in known if part)
        lines.append([Bold("Also there: "), other.name, told])
    return lines


def _promises(promises: Sequence[Promised]) -> list[Line]:
    return [
        [
            Bold(f"{_PROMISED[promise.by]}: "),
            cut(promise.what, 150),
            f" (by {full_date(promise.due_on)})" if promise.due_on else "",
        ]
        for promise in promises[:MOST_PROMISES]
    ]


def _beliefs(beliefs: Sequence[str]) -> list[Line]:
    """What is open becomes something to find out."""
    return [[Bold("To find out: "), cut(belief, 200)] for belief in beliefs]


def _questions(questions: Sequence[str]) -> list[Line]:
    if not questions:
        return [[Bold("Questions: "), "none picked yet; three carry half an hour"]]
    asked = [cut(question, 200) for question in (*questions, LAST_QUESTION)]
    numbered: list[Line] = [[f"{number}. {text}"] for number, text in enumerate(asked, start=1)]
    return [[Bold("Questions")], *numbered]
