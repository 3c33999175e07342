"""What the member pressed: done and skip end a nudge, later brings its next round."""

from dataclasses import replace
from datetime import timedelta

from domain.cadence.facts import Facts, PlannedNudge
from domain.cadence.slots import fair_end
from domain.vocabulary import Answer, NudgeKind

# Who asks for later wants to hear of it then, however old the matter is by that time.
LATER_STANDS_FOR = timedelta(days=7)
# But what is said before a talk is of no use once the talk has begun.
_BEFORE_A_TALK = (NudgeKind.UNPREPARED, NudgeKind.BRIEF, NudgeKind.TALK_SOON)


def in_its_round(nudge: PlannedNudge, facts: Facts) -> PlannedNudge | None:
    """Give a nudge as it stands after what was pressed on it; None when it is settled.

    It comes back with the first digest from the chosen moment on, or alone at that very moment,
    out of quiet hours, when the member chose one. A moment in a pause is over when the pause ends:
    then it comes with the digest.
    """
    answers = facts.answers.get(nudge.key, ())
    if any(answered.answer in (Answer.DONE, Answer.SKIP) for answered in answers):
        return None
    if not answers or answers[-1].until is None:
        return nudge
    moment, paused_until = answers[-1].until, facts.rhythm.paused_until
    alone = answers[-1].alone and not (paused_until is not None and moment < paused_until)
    bring_back = facts.rhythm.out_of_quiet_hours if alone else facts.rhythm.first_digest
    due_at = bring_back(moment)
    until = nudge.makes_sense_until
    if nudge.kind not in _BEFORE_A_TALK:
        until = max(until, fair_end(facts.rhythm, due_at, due_at + LATER_STANDS_FOR))
    elif due_at >= until:
        return None
    return replace(nudge, round_=len(answers), due_at=due_at, makes_sense_until=until, alone=alone)
