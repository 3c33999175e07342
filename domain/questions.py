"""Questions for a talk: the bank by phase and vantage, and the one that every talk ends with.

Source: practice.md, "Prepare".
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import TypeVar

from domain.question_bank import BANK, LAST
from domain.vocabulary import Phase, Vantage

Pick = TypeVar("Pick")

# Of questions that are picked; the last one comes on top of them.
LEAST_PICKED, MOST_PICKED = 3, 10

# A profile answers these before the talk begins.
_SAID_ALREADY = re.compile(
    r"what (exactly )?do you do(?! (when|if|after|before|to|about|with|on|in|without)\b)"
    r"|typical day|tell me (something |a bit )?about (yourself|your (job|work|role))"
    r"|what('s| is) your (job|role|title)\b",
    re.IGNORECASE,
)
_ASKS_FOR_A_JOB = re.compile(
    r"\b(any|an|some) (job )?openings?\b|\bvacanc|\bare you (currently )?hiring|\bhire me\b"
    r"|\bjobs? (for|at|with) (me|you)|\b(opportunit(y|ies)|position|place|role) for me\b"
    r"|\b(refer|recommend) me\b|\bmy (r[ée]sum[ée]|cv)\b|\bput in a (good )?word\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Question:
    """A question of the bank; without `vantages` it may be asked of anybody."""

    id: str
    phase: Phase
    text: str
    vantages: frozenset[Vantage] = frozenset()


@cache
def bank() -> dict[str, Question]:
    """Give all questions by their ids, in the order of a talk."""
    return {
        question_id: Question(question_id, phase, text, frozenset(vantages))
        for phase, entries in BANK.items()
        for question_id, text, vantages in entries
    }


def last_question() -> Question:
    """Give the one that closes every talk."""
    return bank()[LAST[0]]


def questions_for(vantage: Vantage | None) -> dict[Phase, list[Question]]:
    """Give what may be picked for somebody, by phase; what is meant for their vantage comes first.

    The last question is not among them: it is asked without being picked.
    """
    fitting = [
        question
        for question in bank().values()
        if question.id != LAST[0] and (not question.vantages or vantage in question.vantages)
    ]
    fitting.sort(key=lambda question: not question.vantages)
    return {phase: [q for q in fitting if q.phase == phase] for phase in Phase}


class Trouble(Enum):
    """Why a question is better not asked."""

    SAID_ALREADY = auto()
    ASKS_FOR_A_JOB = auto()


def trouble_with(text: str) -> Trouble | None:
    """Say what is wrong with a question in a member's own words; None for nothing."""
    if _ASKS_FOR_A_JOB.search(text):
        return Trouble.ASKS_FOR_A_JOB
    return Trouble.SAID_ALREADY if _SAID_ALREADY.search(text) else None


def arranged(
    kept: Sequence[Pick], new: Sequence[Pick], phase_of: Callable[[Pick], Phase | None]
) -> list[Pick]:
    """Put new questions where a talk would have them, and leave the others in their order.

    A phase of None is for own ones: they come when people have warmed up, after the work and
    before the field and how to get in.
    """
    order = list(Phase)

    def place(question: Pick) -> float:
        phase = phase_of(question)
        return order.index(Phase.THE_WORK) + 0.5 if phase is None else order.index(phase)

    result = list(kept)
    for question in sorted(new, key=place):
        earlier = [n for n, other in enumerate(result) if place(other) <= place(question)]
        result.insert(earlier[-1] + 1 if earlier else 0, question)
    return result
