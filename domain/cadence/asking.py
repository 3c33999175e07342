"""Steps 4 and 10 of the practice: wait politely, let a thread rest, keep in touch."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from domain.cadence.facts import Asked, ContactFacts, Facts, PlannedNudge
from domain.cadence.rounds import in_its_round
from domain.cadence.slots import digest_on_or_after, standing
from domain.hours import Rhythm
from domain.vocabulary import InterviewStatus, NudgeKind
from domain.workdays import after_business_days

# Who never answers to it is reminded so often, and then left in peace until the next touch.
TIMES_IN_A_SILENCE = 3
# And about one person no more often in any year, however many silences there are in it.
TIMES_IN_A_YEAR, A_YEAR = 3, timedelta(days=365)
# By so much a free day or a weekly digest may delay a nudge.
A_WEEK = timedelta(days=7)


def about_asking(contact: ContactFacts, facts: Facts) -> Iterable[PlannedNudge]:
    """Give the nudges to ask somebody else, to follow up, to let rest and to keep in touch.

    There are none while a talk is scheduled with the contact: they have answered. Whoever said
    "not now" is left in peace until their date.
    """
    if any(talk.status == InterviewStatus.SCHEDULED for talk in contact.talks):
        return
    for nudge in (*_waiting(contact, facts), *_keep_in_touch(contact, facts)):
        until = contact.not_now_until
        if until is None or facts.rhythm.local(nudge.due_at).date() >= until:
            yield nudge
    yield from _not_now_is_over(contact, facts.rhythm)


def _waiting(contact: ContactFacts, facts: Facts) -> Iterable[PlannedNudge]:
    """After 3 business days another person; after 7 the one follow-up; then the thread rests."""
    asked, numbers = contact.asked, facts.numbers
    if asked is None:
        return
    rests_since: datetime | None = asked.at
    wait = numbers.follow_up_business_days
    if asked.follow_ups < numbers.follow_ups:
        follow_up = _about(NudgeKind.FOLLOW_UP, asked, contact, asked.at, wait, facts.rhythm)
        yield follow_up
        rests_since = _offered_at(follow_up, contact, facts)
    rests = None
    if rests_since is not None:
        rests = _about(NudgeKind.RESTS, asked, contact, rests_since, wait, facts.rhythm)
        # Where nobody is to read it, it comes without a word, and waits for no digest.
        rests = replace(rests, alone=facts.is_unspoken(NudgeKind.RESTS))
        yield rests
    if asked.is_request and contact.has_company and not asked.others_asked:
        wait = numbers.other_person_business_days
        other = _about(NudgeKind.OTHER_PERSON, asked, contact, asked.at, wait, facts.rhythm)
        # Once it rests, nothing more is said about this request.
        if rests is None:
            yield other
        elif other.due_at < rests.due_at:
            yield replace(other, makes_sense_until=min(other.makes_sense_until, rests.due_at))


def _offered_at(follow_up: PlannedNudge, contact: ContactFacts, facts: Facts) -> datetime | None:
    """Say since when a follow-up was offered that has not gone out; None while it is to come.

    Nothing rests before its follow-up was offered, however long that took.
    """
    offered = in_its_round(follow_up, facts)
    if offered is None:
        return follow_up.due_at  # the member would rather not send one
    if facts.is_unspoken(NudgeKind.FOLLOW_UP):
        return offered.due_at
    here = (each for each in contact.offered if each.key == offered.key)
    return next((each.at for each in here if each.round_ == offered.round_), None)


def _about(
    kind: NudgeKind,
    asked: Asked,
    contact: ContactFacts,
    since: datetime,
    business_days: int,
    rhythm: Rhythm,
) -> PlannedNudge:
    day = after_business_days(rhythm, since, business_days)
    key = f"{kind}:{contact.contact_id}:{asked.touch_id}"
    return standing(kind, key, digest_on_or_after(rhythm, day), contact.contact_id)


def _keep_in_touch(contact: ContactFacts, facts: Facts) -> Iterable[PlannedNudge]:
    """Every so many days without a touch, three times at most; a touch starts the clock anew."""
    days, last = facts.numbers.in_touch_days, contact.last_touch_at
    if days == 0 or last is None or contact.asked is not None:
        return
    about = f"{NudgeKind.KEEP_IN_TOUCH}:{contact.contact_id}:{contact.last_touch_id}"
    keys = [f"{about}:{number}" for number in range(1, TIMES_IN_A_SILENCE + 2)]
    dues = _in_touch_moments(keys, last, timedelta(days=days), contact, facts)
    for key, (due_at, next_due_at) in zip(keys, pairwise(dues), strict=False):
        nudge = standing(NudgeKind.KEEP_IN_TOUCH, key, due_at, contact.contact_id)
        # The next one stands in for the one before, at once where a pause holds back both.
        if next_due_at > due_at:
            yield replace(nudge, makes_sense_until=min(nudge.makes_sense_until, next_due_at))


def _in_touch_moments(
    keys: Sequence[str], last: datetime, wait: timedelta, contact: ContactFacts, facts: Facts
) -> Iterable[datetime]:
    """Give when each comes: after its silence, and only when a year has room for one more.

    However short the wait is, and however often a touch begins a new one. What had to wait for
    room, or was put off, keeps its distance from the next.
    """
    rhythm = facts.rhythm
    came = {reminded.key: reminded.at for reminded in contact.reminded}
    moments, earliest = list(came.values()), last
    for number, key in enumerate(keys, start=1):
        delayed = earliest > last + number * wait
        earliest = max(earliest, last + number * wait)
        due_at = rhythm.first_digest(earliest)
        full = sorted(moments)[-TIMES_IN_A_YEAR:]
        # What a later one has stood in for needs no room any more.
        is_to_come = not any(each in came for each in keys[number - 1 :])
        if key in came:
            earliest = came[key] + wait - A_WEEK
        elif is_to_come and len(full) == TIMES_IN_A_YEAR and full[0] + A_YEAR > due_at:
            due_at = rhythm.first_digest(full[0] + A_YEAR)
            earliest = due_at + wait - A_WEEK
        if is_to_come:
            moments.append(due_at)
        answers = facts.answers.get(key, ())
        put_off_until = answers[-1].until if answers else None
        if delayed or put_off_until is not None:
            earliest = max(earliest, (put_off_until or due_at) + wait - A_WEEK)
        yield due_at


def _not_now_is_over(contact: ContactFacts, rhythm: Rhythm) -> Iterable[PlannedNudge]:
    """On the date from which they may be asked again, unless something passed since then."""
    until = contact.not_now_until
    if until is None or _touched_since(contact, until, rhythm):
        return
    key = f"not_now:{contact.contact_id}:{until}"
    due_at = digest_on_or_after(rhythm, until)
    yield standing(NudgeKind.NOT_NOW_IS_OVER, key, due_at, contact.contact_id)


def _touched_since(contact: ContactFacts, day: date, rhythm: Rhythm) -> bool:
    asked_at = contact.asked.at if contact.asked is not None else None
    moments = (asked_at, contact.last_touch_at)
    return any(moment is not None and rhythm.local(moment).date() >= day for moment in moments)
