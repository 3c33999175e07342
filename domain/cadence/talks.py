"""Steps 5 to 7 of the practice, while a talk is ahead or nobody has said what became of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.cadence.facts import ContactFacts, Facts, PlannedNudge, Talk
from domain.cadence.rounds import in_its_round
from domain.cadence.slots import OLD_NEWS_AFTER, TIME_TO_ANSWER, day_begins, fair_end, stamp
from domain.hours import Rhythm
from domain.vocabulary import Digest, InterviewStatus, NudgeKind

# So long before the talk's day a brief may come: longer for who hears from the bot once a week.
BRIEF_AT_MOST_BEFORE, WEEKLY_BRIEF_BEFORE = timedelta(days=4), timedelta(days=6)
# Minutes before a talk, in which a word about it is of use whenever the talk was planned.
SOON = 60
# So long the question may come after its moment, however near the second one is.
STILL_FRESH = timedelta(hours=4)


def about_scheduled_talks(contact: ContactFacts, facts: Facts) -> Iterable[PlannedNudge]:
    """Give what comes before a talk, and the question afterwards whether it took place."""
    for talk in contact.talks:
        if talk.status == InterviewStatus.SCHEDULED and not talk.as_guest:
            yield from _before(talk, contact.contact_id, facts)
            yield from _did_it_take_place(talk, contact.contact_id, facts)


def _before(talk: Talk, contact_id: int, facts: Facts) -> Iterable[PlannedNudge]:
    """Unprepared, the brief and shortly before: none of them once the talk has begun.

    A talk that moves to another day may be prepared for until then, and is asked about anew.
    """
    rhythm, at_its_time = facts.rhythm, f"{talk.interview_id}:{stamp(talk.starts_at)}"
    on_its_day = f"{talk.interview_id}:{talk.on_day}"

    def nudge(kind: NudgeKind, about: str, due_at: datetime) -> PlannedNudge:
        return PlannedNudge(
            key=f"{kind}:{about}",
            round_=0,
            kind=kind,
            due_at=due_at,
            makes_sense_until=talk.starts_at,
            alone=kind == NudgeKind.TALK_SOON,
            contact_id=contact_id,
            interview_id=talk.interview_id,
        )

    brief_at = _brief_due(talk, rhythm)
    # A brief that comes as early says the same and more.
    says_more = brief_at if NudgeKind.BRIEF not in facts.unwanted else None
    prepare_by = talk.starts_at - timedelta(days=facts.numbers.unprepared_days)
    unprepared_at = rhythm.first_digest(max(talk.logged_at, prepare_by))
    if not talk.prepared and unprepared_at < (says_more or talk.starts_at):
        yield nudge(NudgeKind.UNPREPARED, on_its_day, unprepared_at)
    if brief_at is not None:
        yield nudge(NudgeKind.BRIEF, at_its_time, brief_at)
    # Who wants it earlier than an hour before still gets it then for a talk planned since.
    minutes = facts.numbers.talk_soon_minutes
    soon = (talk.starts_at - timedelta(minutes=each) for each in (minutes, min(minutes, SOON)))
    moments = [rhythm.out_of_quiet_hours(each) for each in soon]
    soon_at = next((each for each in moments if talk.logged_at <= each), None)
    if soon_at is not None and soon_at < talk.starts_at:
        yield nudge(NudgeKind.TALK_SOON, at_its_time, soon_at)


def _brief_due(talk: Talk, rhythm: Rhythm) -> datetime | None:
    """With the last digest before the talk's day, else with that day's own if it is in time."""
    talk_day_begins = day_begins(rhythm, rhythm.local(talk.starts_at).date())
    just_before = talk_day_begins - datetime.resolution
    weekly = rhythm.digest == Digest.WEEKLY
    ahead = WEEKLY_BRIEF_BEFORE if weekly else BRIEF_AT_MOST_BEFORE
    earliest = max(talk.logged_at, talk_day_begins - ahead)
    digest = rhythm.last_digest_between(earliest, just_before)
    if digest is not None:
        return digest
    same_day = rhythm.next_digest(max(talk.logged_at, just_before))
    return same_day if same_day < talk.starts_at else None


def _did_it_take_place(talk: Talk, contact_id: int, facts: Facts) -> Iterable[PlannedNudge]:
    """Ask soon after the end, half an hour unless set otherwise; and once more, if need be."""
    about = f"{talk.interview_id}:{stamp(talk.ends_at)}"
    after = timedelta(minutes=facts.numbers.debrief_minutes)
    asked_at = facts.rhythm.out_of_quiet_hours(talk.ends_at + after)
    until = fair_end(facts.rhythm, asked_at, talk.ends_at + OLD_NEWS_AFTER)
    if NudgeKind.ASK_AGAIN_HOW_IT_WENT not in facts.unwanted:
        # The second question stands in for the first, which does not come right before it.
        again_at = _again_after(asked_at, facts.rhythm)
        until = max(asked_at + STILL_FRESH, again_at - TIME_TO_ANSWER)
    first = PlannedNudge(
        key=f"{NudgeKind.DID_IT_TAKE_PLACE}:{about}",
        round_=0,
        kind=NudgeKind.DID_IT_TAKE_PLACE,
        due_at=asked_at,
        makes_sense_until=until,
        alone=True,
        contact_id=contact_id,
        interview_id=talk.interview_id,
    )
    yield first
    put_off = in_its_round(first, facts)
    if put_off is not None:
        due_at = _again_after(max(asked_at, put_off.due_at), facts.rhythm)
        yield PlannedNudge(
            key=f"ask_again:{about}",
            round_=0,
            kind=NudgeKind.ASK_AGAIN_HOW_IT_WENT,
            due_at=due_at,
            makes_sense_until=fair_end(facts.rhythm, due_at, talk.ends_at + OLD_NEWS_AFTER),
            contact_id=contact_id,
            interview_id=talk.interview_id,
        )


def _again_after(moment: datetime, rhythm: Rhythm) -> datetime:
    return rhythm.first_digest(moment + TIME_TO_ANSWER)
