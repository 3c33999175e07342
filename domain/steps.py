"""The ten steps of the practice by their names, and how members call them."""

from enum import IntEnum

from domain.finding import key_of, nearest


class Step(IntEnum):
    """The steps of the practice, in their order."""

    IDENTIFY = 1
    RESEARCH = 2
    ASK = 3
    WAIT = 4
    PREPARE = 5
    TALK = 6
    DEBRIEF = 7
    THANK = 8
    FOLLOW_UP = 9
    KEEP_IN_TOUCH = 10


_CALLED = {
    **{step.name.replace("_", " ").lower(): step for step in Step},
    "find": Step.IDENTIFY,
    "names": Step.IDENTIFY,
    "look up": Step.RESEARCH,
    "write": Step.ASK,
    "draft": Step.ASK,
    "questions": Step.PREPARE,
    "meet": Step.TALK,
    "interview": Step.TALK,
    "notes": Step.DEBRIEF,
    "thank you": Step.THANK,
    "thanks": Step.THANK,
    "promises": Step.FOLLOW_UP,
    "introductions": Step.FOLLOW_UP,
    "in touch": Step.KEEP_IN_TOUCH,
}


def read_step(words: str) -> Step | None:
    """Read "3", "ask" or "keep in touch", slips of the keys forgiven; None for what is no step."""
    typed = key_of(words.replace("-", " "))
    number = typed.removeprefix("step ").strip()
    if number.isascii() and number.isdigit():
        return Step(int(number)) if 1 <= int(number[:4]) <= len(Step) else None
    called = nearest(typed, _CALLED) if typed else None
    return _CALLED[called] if called is not None else None
