"""What the member pressed: done and skip end a nudge, later brings its next round."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.cadence.facts import Facts, PlannedNudge
from domain.cadence.slots import fair_end
from domain.hours import Rhythm
from domain.vocabulary import Answer, NudgeKind

# Who asks for later wants to hear of it then, however old the matter is by that time.
LATER_STANDS_FOR = timedelta(days=7)
# But what is said before a talk is of no use once the talk has begun.
_BEFORE_A_TALK = (NudgeKind.UNPREPARED, NudgeKind.BRIEF, NudgeKind.TALK_SOON)


def comes_back(moment: datetime, rhythm: Rhythm, *, alone: bool) -> tuple[datetime, bool]:
    """Say when what was put off until a moment comes back, and whether on its own.

    With the first digest from that moment on, or `alone` at that very moment, out of quiet hours,
    when the member chose one. A moment in a pause is over when the pause ends: then it comes with
    the digest.
    """
    if alone and not (rhythm.paused_until is not None and moment < rhythm.paused_until):
        return rhythm.out_of_quiet_hours(moment), True
    return rhythm.first_digest(moment), False


def in_its_round(nudge: PlannedNudge, facts: Facts) -> PlannedNudge | None:
    """Give a nudge as it stands after what was pressed on it; None when it is settled."""
    answers = facts.answers.get(nudge.key, ())
    if any(answered.answer in (Answer.DONE, Answer.SKIP) for answered in answers):
        return None
    if not answers or answers[-1].until is None:
        return nudge
    due_at, alone = comes_back(answers[-1].until, facts.rhythm, alone=answers[-1].alone)
    until = nudge.makes_sense_until
    if nudge.kind not in _BEFORE_A_TALK:
        until = max(until, fair_end(facts.rhythm, due_at, due_at + LATER_STANDS_FOR))
    elif due_at >= until:
        return None
    return replace(nudge, round_=len(answers), due_at=due_at, makes_sense_until=until, alone=alone)
