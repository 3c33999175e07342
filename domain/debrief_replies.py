"""Reads what a member writes when they are asked question by question.

A message answers the question that is open. A line that begins with another question's word and a
colon, such as "picture: yes", answers that one: nothing else ever splits a message.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.debrief import (
    BETWEEN_NAMES,
    BETWEEN_SKILLS,
    CHOICES,
    LONGEST,
    LONGEST_NAME,
    LONGEST_SKILL,
    MOST_NAMES,
    MOST_SKILLS,
    PROMISES,
    Promised,
    Value,
    pieces,
)
from domain.name_lines import NamedPerson, read_met, read_name_line
from domain.vocabulary import DebriefQuestion, Opportunity, Picture
from domain.when import read_when

# The words that begin a line; the first of each question is the one that members are told.
LABELS = {
    DebriefQuestion.TAKEAWAY: ("learned", "takeaway"),
    DebriefQuestion.PICTURE: ("picture",),
    DebriefQuestion.LIKES: ("likes",),
    DebriefQuestion.DISLIKES: ("dislikes",),
    DebriefQuestion.REFERRALS: ("who else",),
    DebriefQuestion.PROMISE: ("promised", "i promised"),
    DebriefQuestion.THEIR_PROMISE: ("they promised",),
    DebriefQuestion.SKILLS: ("skills",),
    DebriefQuestion.HIRING: ("hiring",),
    DebriefQuestion.TRENDS: ("trends",),
    DebriefQuestion.ADVICE: ("advice",),
    DebriefQuestion.OPPORTUNITY: ("opportunity",),
}
_QUESTIONS = {label: question for question, labels in LABELS.items() for label in labels}
_LABELLED = re.compile(
    rf"\s*[*_]*(?P<label>{'|'.join(_QUESTIONS)})[*_]*\s*[:：][*_]*\s*(?P<rest>.*)",
    re.IGNORECASE,
)

_PICTURES = {
    Picture.YES: "yes|y|yeah|yep|yup|sure|definitely|absolutely|totally|of course|no doubt"
    "|yes definitely|yes absolutely|i could|i can|yes i could|yes i can|:+1:",
    Picture.NO: "no|n|nope|nah|never|not really|no way|definitely not|absolutely not|not at all"
    "|not for me|no not really|i couldn't|no i couldn't|i can't|:-1:",
    Picture.NOT_SURE: "not sure|unsure|maybe|perhaps|i don't know|don't know|dont know|no idea"
    "|yes and no|it depends|depends|partly|not sure yet|i'm not sure|hard to say|not yet",
}
_OPPORTUNITIES = {
    Opportunity.NO: "no|n|nope|nah|none|nothing|never|it didn't|no it didn't|not really"
    "|not this time|no opportunity",
    Opportunity.THEY_RAISED: "they|they did|they raised it|yes they raised it|yes they did"
    "|they brought it up|he did|she did|he raised it|she raised it|yes he did|yes she did",
    Opportunity.I_RAISED: "i|me|i did|i raised it|yes i raised it|yes i did|i brought it up"
    "|i asked",
}
_NOTHING = "no|none|nothing|nobody|no one|noone|n/a|na|nope|nah|-|–|—"
_BEGINS = re.compile(r"(.+?)\s*[,.;:!\n–—]+\s*(\S.*)", re.DOTALL)
# What leads up to the day of a promise.
_BY = re.compile(r"[\s,]+(?:by|until|before|on)$", re.IGNORECASE)


class Step(StrEnum):
    """What a member may say instead of an answer."""

    SKIP = "skip"
    BACK = "back"
    LATER = "later"


class ProblemKind(StrEnum):
    """Why a reply cannot be kept as it is."""

    UNCLEAR = "unclear"
    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Problem:
    """Why a reply cannot be kept: `length` characters or items where there is room for `most`."""

    question: DebriefQuestion
    kind: ProblemKind
    length: int = 0
    most: int = 0


@dataclass(frozen=True)
class Read:
    """What a reply says: a value, nothing ("none"), or something that cannot be kept.

    `rest` is what was said beside it and has no place in it.
    """

    value: Value | None = None
    problem: Problem | None = None
    rest: str = ""


def read_step(text: str) -> Step | None:
    """Read "skip", "back" or "later", said alone."""
    word = text.strip().strip(".!").casefold()
    return Step(word) if word in set(Step) else None


def read_met_aside(text: str) -> NamedPerson | None:
    """Read "met NAME, TITLE at COMPANY" while a question is open; any other "met" is an answer."""
    is_short = len(text.strip().splitlines()) == 1 and text.strip().lower().startswith("met ")
    person = read_met(text) if is_short else None
    if person is None or not person.company or not person.name[:1].isupper():
        return None
    return person


def split(text: str, asked: DebriefQuestion) -> dict[DebriefQuestion, str]:
    """Part a message into what it says to each question; `asked` is the one that is open.

    Of a question that offers a choice only a line that says one counts; what stands below it is
    part of the answer to the open question again.
    """
    said: dict[DebriefQuestion, list[str]] = {}
    into = asked
    for line in text.strip().splitlines():
        labelled = _LABELLED.fullmatch(line)
        question = _QUESTIONS[labelled["label"].lower()] if labelled else None
        if labelled is None or question is None or not _is_said(question, labelled["rest"]):
            said.setdefault(into, []).append(line.rstrip())
        elif question in CHOICES:
            said.setdefault(question, []).append(labelled["rest"])
            into = asked
        else:
            said.setdefault(question, []).append(labelled["rest"])
            into = question
    joined = {question: "\n".join(lines).strip() for question, lines in said.items()}
    return {question: words for question, words in joined.items() if words}


def read_reply(question: DebriefQuestion, said: str, now: datetime, zone: str) -> Read:
    """Read what was said to a question; the day of a promise is meant in `zone` (IANA name)."""
    if question == DebriefQuestion.PICTURE:
        return _read_choice(question, said, _PICTURES)
    if question == DebriefQuestion.OPPORTUNITY:
        return _read_choice(question, said, _OPPORTUNITIES)
    is_prose = question in LONGEST and question not in PROMISES
    if said.strip() in ("-", "–", "—") or (not is_prose and _plain(said) in _NOTHING.split("|")):
        return Read()
    if question == DebriefQuestion.REFERRALS:
        return _read_names(said)
    if question == DebriefQuestion.SKILLS:
        skills = pieces(said, BETWEEN_SKILLS)
        return _read_list(question, skills, MOST_SKILLS, LONGEST_SKILL)
    most = LONGEST[question]
    if len(said) > most:
        return Read(problem=Problem(question, ProblemKind.TOO_LONG, len(said), most))
    if question == DebriefQuestion.PROMISE:
        return Read(_promised(said, now, zone))
    return Read(Promised(said.strip()) if question in PROMISES else said.strip())


def names_in(said: str) -> tuple[str, ...]:
    """Give the people who are named, one a line; a sentence is nobody's name."""
    return tuple(line for line in pieces(said, BETWEEN_NAMES) if read_name_line(line) is not None)


def _is_said(question: DebriefQuestion, rest: str) -> bool:
    if question == DebriefQuestion.PICTURE:
        return _choice_of(rest, _PICTURES) is not None
    if question == DebriefQuestion.OPPORTUNITY:
        return _choice_of(rest, _OPPORTUNITIES) is not None
    return True


def _plain(said: str) -> str:
    """The words alone: no capital letters, no punctuation at the end or between them."""
    words = said.strip().casefold().replace("’", "'")
    return " ".join(re.sub(r"[,.!?;*_]+(?=\s|$)|^[*_]+", " ", words).split())


def _choice_of(said: str, choices: dict[Picture, str] | dict[Opportunity, str]) -> Value | None:
    words = _plain(said)
    return next((value for value, ways in choices.items() if words in ways.split("|")), None)


def _read_choice(
    question: DebriefQuestion,
    said: str,
    choices: dict[Picture, str] | dict[Opportunity, str],
) -> Read:
    """Read a choice that is the whole reply, or its beginning: "Yes, the team is great"."""
    whole = _choice_of(said, choices)
    if whole is not None:
        return Read(whole)
    begins = _BEGINS.fullmatch(said.strip())
    value = _choice_of(begins[1], choices) if begins else None
    if begins is None or value is None:
        return Read(problem=Problem(question, ProblemKind.UNCLEAR))
    return Read(value, rest=begins[2])


def _read_names(said: str) -> Read:
    named = names_in(said)
    if not named:
        return Read(problem=Problem(DebriefQuestion.REFERRALS, ProblemKind.NO_NAME))
    read = _read_list(DebriefQuestion.REFERRALS, named, MOST_NAMES, LONGEST_NAME)
    unread = (line for line in pieces(said, BETWEEN_NAMES) if line not in named)
    return Read(read.value, read.problem, rest="\n".join(unread))


def _read_list(question: DebriefQuestion, items: tuple[str, ...], most: int, longest: int) -> Read:
    if len(items) > most:
        return Read(problem=Problem(question, ProblemKind.TOO_MANY, len(items), most))
    length = max(map(len, items), default=0)
    if length > longest:
        return Read(problem=Problem(question, ProblemKind.TOO_LONG, length, longest))
    return Read(items or None)


def _promised(said: str, now: datetime, zone: str) -> Promised:
    """Take the day off the end of a promise: "send the article by friday"; a past one is none."""
    *before, last = said.strip().splitlines()
    read = read_when(last.rstrip(" .!"), now, zone)
    if read.moment is None or not read.rest:
        return Promised(said.strip())
    here = ZoneInfo(zone)
    due_on = read.moment.astimezone(here).date()
    if due_on < now.astimezone(here).date():
        return Promised(said.strip())
    return Promised("\n".join([*before, _BY.sub("", read.rest)]), due_on)
