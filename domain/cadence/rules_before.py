"""Which nudges should exist, said from a member's facts alone.

`plan` is pure: the same facts give the same nudges, at whatever moment it is asked. Storage makes
the stored set equal to it in the transaction in which a fact changed. The numbers are the
product's defaults (practice.md); each lives here and nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.hours import Rhythm
from domain.vocabulary import Answer, InterviewStatus, NudgeKind

ASK_AFTER_TALK = timedelta(minutes=30)
THANK_YOU_WITHIN = timedelta(hours=24)
# Where no digest falls into those 24 hours, a thank-you nudge comes on its own after this long:
# time enough to have written the note unasked.
THANK_YOU_ON_ITS_OWN = timedelta(hours=4)
# A talk that nobody spoke about for this long is old news: asking would only puzzle.
ASK_NO_LATER_THAN = timedelta(days=7)


@dataclass(frozen=True)
class Talk:
    """A talk as the rules see it; moments are aware UTC.

    `ends_at` counts from its planned length, `settled_at` is when the member said what became of
    it, which may be long after.
    """

    interview_id: int
    contact_id: int
    ends_at: datetime
    status: InterviewStatus
    settled_at: datetime | None = None
    thanked: bool = False


@dataclass(frozen=True)
class Answered:
    """What the member pressed on one nudge; `until` is set for `later`."""

    answer: Answer
    until: datetime | None = None


@dataclass(frozen=True)
class Facts:
    """All that the rules need to know of one member, or of one contact of theirs.

    `answers` holds, for each nudge key, what was pressed on its rounds, first round first.
    """

    rhythm: Rhythm
    talks: tuple[Talk, ...] = ()
    answers: Mapping[str, tuple[Answered, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class PlannedNudge:
    """A nudge that should exist: `key` names what it is about, `round_` counts its snoozes.

    `due_at` is when it should reach the member, `makes_sense_until` when it would be old news;
    both aware UTC.
    """

    key: str
    round_: int
    kind: NudgeKind
    contact_id: int
    interview_id: int
    due_at: datetime
    makes_sense_until: datetime


def plan(facts: Facts) -> frozenset[PlannedNudge]:
    """Say which nudges should exist for these facts."""
    return frozenset(_rounds(_wanted(facts), facts))


def still_true(nudge_key: str, round_: int, facts: Facts) -> bool:
    """Say whether a nudge that is about to go out, or was pressed, still stands."""
    return any(n.key == nudge_key and n.round_ == round_ for n in plan(facts))


def is_timely(kind: NudgeKind) -> bool:
    """Say whether a nudge is tied to a clock and comes on its own rather than in the digest."""
    return kind == NudgeKind.DID_IT_TAKE_PLACE


def _wanted(facts: Facts) -> Iterable[PlannedNudge]:
    for talk in facts.talks:
        if talk.status == InterviewStatus.SCHEDULED:
            yield _did_it_take_place(talk, facts.rhythm)
        elif talk.status == InterviewStatus.TOOK_PLACE and not talk.thanked:
            yield _thank_you(talk, facts.rhythm)


def _did_it_take_place(talk: Talk, rhythm: Rhythm) -> PlannedNudge:
    return PlannedNudge(
        key=f"{NudgeKind.DID_IT_TAKE_PLACE}:{talk.interview_id}:{talk.ends_at:%Y%m%dT%H%MZ}",
        round_=0,
        kind=NudgeKind.DID_IT_TAKE_PLACE,
        contact_id=talk.contact_id,
        interview_id=talk.interview_id,
        due_at=rhythm.out_of_quiet_hours(talk.ends_at + ASK_AFTER_TALK),
        makes_sense_until=talk.ends_at + ASK_NO_LATER_THAN,
    )


def _thank_you(talk: Talk, rhythm: Rhythm) -> PlannedNudge:
    return PlannedNudge(
        key=f"{NudgeKind.THANK_YOU}:{talk.interview_id}",
        round_=0,
        kind=NudgeKind.THANK_YOU,
        contact_id=talk.contact_id,
        interview_id=talk.interview_id,
        due_at=_thank_you_due(talk, rhythm),
        makes_sense_until=talk.ends_at + ASK_NO_LATER_THAN,
    )


def _thank_you_due(talk: Talk, rhythm: Rhythm) -> datetime:
    """With the last digest within 24 hours; else later that day; else with the next digest.

    Never at once: who has just told about a talk knows that a thank-you is the next step.
    """
    after = talk.ends_at + ASK_AFTER_TALK
    if talk.settled_at is not None:
        after = max(after, talk.settled_at)
    digest = rhythm.last_digest_between(after, talk.ends_at + THANK_YOU_WITHIN)
    if digest is not None:
        return digest
    quiet_begins = rhythm.at(rhythm.local(talk.ends_at).date(), rhythm.quiet_from)
    before_quiet = quiet_begins - timedelta(minutes=15)
    for moment in (talk.ends_at + THANK_YOU_ON_ITS_OWN, before_quiet):
        if moment > after and rhythm.may_speak_at(moment):
            return moment
    return rhythm.next_digest(after)


def _rounds(wanted: Iterable[PlannedNudge], facts: Facts) -> Iterable[PlannedNudge]:
    """Apply what the member pressed: done and skip end a nudge, later brings its next round."""
    for nudge in wanted:
        answers = facts.answers.get(nudge.key, ())
        if any(a.answer in (Answer.DONE, Answer.SKIP) for a in answers):
            continue
        last = answers[-1] if answers else None
        if last is None or last.until is None:
            yield nudge
            continue
        due_at = facts.rhythm.out_of_quiet_hours(last.until)
        yield PlannedNudge(
            key=nudge.key,
            round_=len(answers),
            kind=nudge.kind,
            contact_id=nudge.contact_id,
            interview_id=nudge.interview_id,
            due_at=due_at,
            # Who asks for later wants to hear of it then, however old the talk is by that time.
            makes_sense_until=max(nudge.makes_sense_until, due_at + ASK_NO_LATER_THAN),
        )
