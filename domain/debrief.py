"""The questions after a talk: how much an answer holds, and which one comes next."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.vocabulary import DebriefQuestion, Opportunity, Picture

ORDER = tuple(DebriefQuestion)
CHOICES = (DebriefQuestion.PICTURE, DebriefQuestion.OPPORTUNITY)
PROMISES = (DebriefQuestion.PROMISE, DebriefQuestion.THEIR_PROMISE)

# So long after a question a message in the DM is taken for its answer without a word.
FRESH_FOR = timedelta(days=7)

# In characters; lists have their own measures.
LONGEST = {
    DebriefQuestion.TAKEAWAY: 3000,
    DebriefQuestion.LIKES: 1000,
    DebriefQuestion.DISLIKES: 1000,
    DebriefQuestion.PROMISE: 500,
    DebriefQuestion.THEIR_PROMISE: 500,
    DebriefQuestion.HIRING: 1000,
    DebriefQuestion.TRENDS: 1000,
    DebriefQuestion.ADVICE: 1000,
}
MOST_NAMES, LONGEST_NAME = 20, 200
MOST_SKILLS, LONGEST_SKILL = 20, 60
BETWEEN_NAMES, BETWEEN_SKILLS = r"[\n;]", r"[\n,;]"

_MARKS = " -*•·–—,"
_BULLET = re.compile(r"^\s*[-*•·–—]\s+")


@dataclass(frozen=True)
class Promised:
    """A promise, with the local day on which it is due, if one was said."""

    what: str
    due_on: date | None = None


Value = str | Picture | Opportunity | Promised | tuple[str, ...]
# What was answered so far: a question without an answer is left out.
Answers = Mapping[DebriefQuestion, Value]


def next_question(
    answered: Collection[DebriefQuestion], after: DebriefQuestion | None = None
) -> DebriefQuestion | None:
    """Give the first question that has no answer, of those after the given one; None at the end."""
    return next((q for q in _after(after) if q not in answered), None)


def question_before(question: DebriefQuestion) -> DebriefQuestion | None:
    """Give the question before this one, answered or not; None before the first."""
    place = ORDER.index(question)
    return ORDER[place - 1] if place else None


def left(answered: Collection[DebriefQuestion], question: DebriefQuestion) -> int:
    """Count the questions that are still to come after this one."""
    return sum(later not in answered for later in _after(question))


def pieces(text: str, between: str) -> tuple[str, ...]:
    """Split a list as typed; bullets, empty lines and repeats are left out."""
    first_of_each: dict[str, str] = {}
    for typed in re.split(between, text):
        piece = " ".join(_BULLET.sub("", typed).split()).strip(" ,")
        if piece.strip(_MARKS):
            first_of_each.setdefault(piece.casefold(), piece)
    return tuple(first_of_each.values())


def _after(question: DebriefQuestion | None) -> tuple[DebriefQuestion, ...]:
    return ORDER if question is None else ORDER[ORDER.index(question) + 1 :]
