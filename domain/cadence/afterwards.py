"""Steps 7 to 9 of the practice, after a talk: debrief, thanks, promises, who led there."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from domain.cadence.facts import ContactFacts, Facts, PlannedNudge, PromiseMade, Talk
from domain.cadence.slots import (
    OLD_NEWS_AFTER,
    TIME_TO_ANSWER,
    day_begins,
    digest_on_or_after,
    fair_end,
    standing,
)
from domain.hours import Rhythm
from domain.numbers import Numbers
from domain.vocabulary import Digest, InterviewStatus, NudgeKind, PromiseBy

# Where no digest falls into a thank-you's hours, the nudge comes on its own after this long: time
# enough to have written the note unasked.
THANK_YOU_ON_ITS_OWN = timedelta(hours=4)
# So long before its date a promise may come up, where no day in between has a digest.
PROMISE_AT_MOST_BEFORE = timedelta(days=7)
# So long before the quiet hours begin a thank-you nudge had better come on its own: a network on a
# bad day may keep it for a while. And so long before them it still comes.
WELL_BEFORE_QUIET, BEFORE_QUIET = timedelta(hours=1), timedelta(minutes=15)
# Whoever tells of a talk sooner than this after its end has hardly left it.
WELL_OVER = timedelta(minutes=30)


def thank_yous(contact: ContactFacts, facts: Facts) -> Iterable[PlannedNudge]:
    """Give the thank-you nudge of each talk, and the one more; then the bot is quiet for ever."""
    for talk in contact.talks:
        if talk.status != InterviewStatus.TOOK_PLACE or talk.thanked or _told_too_late(talk):
            continue
        due_at, alone = _thank_you_due(talk, facts.rhythm, facts.numbers)
        again = timedelta(hours=facts.numbers.thank_you_again_hours)
        earliest = max(talk.ends_at + again, due_at + TIME_TO_ANSWER)
        again_at = facts.rhythm.first_digest(earliest)
        again_until = fair_end(facts.rhythm, again_at, talk.ends_at + OLD_NEWS_AFTER)
        # Of several people each is thanked by themselves.
        whom = f"{talk.interview_id}:{contact.contact_id}" if talk.as_guest else talk.interview_id
        has_second = NudgeKind.THANK_YOU_AGAIN not in facts.unwanted
        first = PlannedNudge(
            key=f"{NudgeKind.THANK_YOU}:{whom}",
            round_=0,
            kind=NudgeKind.THANK_YOU,
            due_at=due_at,
            # From then on the second nudge stands in for the first.
            makes_sense_until=again_at if has_second else again_until,
            alone=alone,
            contact_id=contact.contact_id,
            interview_id=talk.interview_id,
        )
        yield first
        if not facts.answers.get(first.key):
            yield PlannedNudge(
                key=f"{NudgeKind.THANK_YOU_AGAIN}:{whom}",
                round_=0,
                kind=NudgeKind.THANK_YOU_AGAIN,
                due_at=again_at,
                makes_sense_until=again_until,
                contact_id=contact.contact_id,
                interview_id=talk.interview_id,
            )


def my_open_promises(contact: ContactFacts, facts: Facts) -> Iterable[PlannedNudge]:
    """Give the member's own promises, each on its date, or before it where that day is free."""
    for promise in contact.promises:
        if promise.by == PromiseBy.ME and promise.kept_at is None and promise.due_on is not None:
            due_at = _promise_due(promise.made_at, promise.due_on, facts.rhythm)
            # With its date: one that is corrected later on is reminded of on the new date as well.
            key = f"{NudgeKind.MY_PROMISE}:{promise.promise_id}:{promise.due_on}"
            yield _about_promise(NudgeKind.MY_PROMISE, promise, due_at, contact, key)


def _promise_due(made_at: datetime, due_on: date, rhythm: Rhythm) -> datetime:
    """Give the last digest of the week that ends with that date; else the first one after it."""
    day_ends = day_begins(rhythm, due_on + timedelta(days=1)) - datetime.resolution
    since = max(made_at, day_ends - PROMISE_AT_MOST_BEFORE)
    return rhythm.last_digest_between(since, day_ends) or digest_on_or_after(rhythm, due_on)


def after_talks(contact: ContactFacts, facts: Facts) -> Iterable[PlannedNudge]:
    """Give the missing debriefs, what the contact promised, and whom to tell how it went.

    Whoever introduced somebody hears first how that went; nothing more is asked of them until then.
    """
    yield from _debriefs(contact, facts.rhythm)
    for promise in contact.promises if not contact.to_tell else ():
        if promise.by == PromiseBy.THEM and promise.kept_at is None:
            wait = timedelta(days=facts.numbers.their_promise_days)
            due_at = facts.rhythm.first_digest(promise.made_at + wait)
            key = f"{NudgeKind.THEIR_PROMISE}:{promise.promise_id}"
            yield _about_promise(NudgeKind.THEIR_PROMISE, promise, due_at, contact, key)
    yield from _progress_update(contact, facts.rhythm)
    for tell in contact.to_tell:
        due_at = facts.rhythm.first_digest(tell.since + TIME_TO_ANSWER)
        key = f"{NudgeKind.TELL_INTRODUCER}:{tell.interview_id}"
        yield standing(
            NudgeKind.TELL_INTRODUCER,
            key,
            due_at,
            tell.introducer_id,
            interview_id=tell.interview_id,
        )


def _told_too_late(talk: Talk) -> bool:
    """Say whether the member told of it so long after that a thank-you would only puzzle."""
    return talk.settled_at is not None and talk.settled_at - talk.ends_at > OLD_NEWS_AFTER


def _thank_you_due(talk: Talk, rhythm: Rhythm, numbers: Numbers) -> tuple[datetime, bool]:
    """Say when a thank-you nudge comes, and whether alone: within its hours if it may.

    These are 24 after the talk unless set otherwise. With the last digest of them; else on its own,
    four hours after the talk or after the member told of it, or at the last moment before or the
    first after quiet hours; else with the next digest: free days and nights go before those hours,
    and so does the wish for no digest.
    Never at once, since who has just told about a talk knows that a thank-you is the next step.
    """
    well_over = min(WELL_OVER, timedelta(minutes=numbers.debrief_minutes))
    after = max(talk.ends_at + well_over, talk.settled_at or talk.ends_at)
    until = talk.ends_at + timedelta(hours=numbers.thank_you_hours)
    digest = rhythm.last_digest_between(after, until)
    if digest is not None:
        return digest, False
    if rhythm.digest == Digest.NONE:
        # Whoever looks at App Home has it there; a digest's hour is as good as any.
        return rhythm.next_digest(after), False
    hours_later = (talk.ends_at + THANK_YOU_ON_ITS_OWN, after + THANK_YOU_ON_ITS_OWN)
    in_good_time = [each for each in hours_later if rhythm.may_speak_at(each + WELL_BEFORE_QUIET)]
    well_before = _beside_quiet_hours(rhythm, after, until, WELL_BEFORE_QUIET)
    well_before = [each for each in well_before if each >= after + WELL_BEFORE_QUIET]
    just_before = _beside_quiet_hours(rhythm, after, until, BEFORE_QUIET)
    for moment in (*in_good_time, *well_before, *hours_later, *just_before):
        if after < moment <= until and rhythm.may_speak_at(moment):
            return moment, True
    return rhythm.next_digest(after), False


def _beside_quiet_hours(
    rhythm: Rhythm, after: datetime, until: datetime, before: timedelta
) -> list[datetime]:
    """Give, for each local day from one moment to another, so long before the quiet and after it.

    The latest first.
    """
    moments = []
    day, last = rhythm.local(after).date(), rhythm.local(until).date()
    while day <= last:
        moments.append(rhythm.at(day, rhythm.quiet_from) - before)
        moments.append(rhythm.at(day, rhythm.quiet_until))
        day += timedelta(days=1)
    return sorted(moments, reverse=True)


def _debriefs(contact: ContactFacts, rhythm: Rhythm) -> Iterable[PlannedNudge]:
    for talk in contact.talks:
        held = talk.status == InterviewStatus.TOOK_PLACE
        if held and not talk.debriefed and not talk.as_guest:
            told_at = max(talk.ends_at, talk.settled_at or talk.ends_at)
            key = f"{NudgeKind.DEBRIEF_MISSING}:{talk.interview_id}"
            due_at = rhythm.first_digest(told_at + TIME_TO_ANSWER)
            yield standing(
                NudgeKind.DEBRIEF_MISSING,
                key,
                due_at,
                contact.contact_id,
                interview_id=talk.interview_id,
            )


def _progress_update(contact: ContactFacts, rhythm: Rhythm) -> Iterable[PlannedNudge]:
    """Whoever keeps two promises to the same person has one update to send: the last one's."""
    kept = [
        (promise.kept_at, promise.promise_id, promise)
        for promise in contact.promises
        if promise.by == PromiseBy.ME and promise.kept_at and not promise.told_since_kept
    ]
    if kept:
        kept_at, _, promise = max(kept, key=lambda each: each[:2])
        due_at = rhythm.next_digest(kept_at)
        key = f"{NudgeKind.PROGRESS_UPDATE}:{promise.promise_id}"
        yield _about_promise(NudgeKind.PROGRESS_UPDATE, promise, due_at, contact, key)


def _about_promise(
    kind: NudgeKind, promise: PromiseMade, due_at: datetime, contact: ContactFacts, key: str
) -> PlannedNudge:
    return standing(kind, key, due_at, contact.contact_id, promise_id=promise.promise_id)
