"""Whatever may be known of a member, for property tests."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

from hypothesis import strategies as st

from domain.cadence import (
    Answered,
    Asked,
    ContactFacts,
    Facts,
    PromiseMade,
    Reminded,
    Talk,
    ToTell,
    plan,
)
from domain.hours import Rhythm
from domain.numbers import WIDEST, Numbers
from domain.vocabulary import Answer, Digest, InterviewStatus, NudgeKind, PromiseBy

START = datetime(2026, 1, 1, tzinfo=UTC)
SPAN_IN_MINUTES = 2 * 365 * 24 * 60

ZONES = st.sampled_from(sorted(available_timezones()))
COUNTRIES = st.sampled_from([None, "AU", "DE", "GB", "IN", "JP", "US", "XX"])
MOMENTS = st.integers(0, SPAN_IN_MINUTES).map(lambda minutes: START + timedelta(minutes=minutes))
DAYS = MOMENTS.map(datetime.date)
NUMBERS = st.builds(Numbers, **{name: st.integers(*limits) for name, limits in WIDEST.items()})
LATER = st.builds(Answered, st.just(Answer.LATER), MOMENTS, st.booleans())
ANSWERS = st.one_of(LATER, st.builds(Answered, st.sampled_from([Answer.DONE, Answer.SKIP])))


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    quiet_from = draw(st.integers(0, 23))
    return Rhythm(
        zone=draw(ZONES),
        digest_hour=draw(st.integers(0, 23)),
        working_days=frozenset(draw(st.sets(st.integers(1, 7)))),
        quiet_from=quiet_from,
        quiet_until=(quiet_from + draw(st.integers(0, 23))) % 24,
        paused_until=draw(st.none() | MOMENTS),
        country=draw(COUNTRIES),
        digest=draw(st.sampled_from(Digest)),
        review_day=draw(st.integers(1, 7)),
    )


@st.composite
def talks(draw: st.DrawFn, number: int) -> Talk:
    starts_at = draw(MOMENTS)
    status = draw(st.sampled_from(InterviewStatus))
    settled = status != InterviewStatus.SCHEDULED
    return Talk(
        interview_id=number,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=draw(st.integers(15, 120))),
        status=status,
        logged_at=starts_at + timedelta(hours=draw(st.integers(-1000, 50))),
        on_day=starts_at.date(),
        settled_at=starts_at + timedelta(hours=draw(st.integers(0, 200))) if settled else None,
        prepared=draw(st.booleans()),
        debriefed=draw(st.booleans()),
        thanked=draw(st.booleans()),
    )


@st.composite
def reminders(draw: st.DrawFn, silence: str) -> tuple[Reminded, ...]:
    """What came to keep in touch in earlier silences, and the first ones in this one."""
    moments = draw(st.lists(MOMENTS, max_size=5))
    here = draw(st.integers(0, 3))
    keys = [f"{silence}:{number + 1}" for number in range(here)]
    before = [f"before:{number}" for number in range(len(moments))]
    return tuple(map(Reminded, [*keys, *before], sorted(moments)))


@st.composite
def offers(draw: st.DrawFn, key: str) -> tuple[Reminded, ...]:
    """The rounds of a follow-up that came."""
    moments = sorted(draw(st.lists(MOMENTS, max_size=3)))
    return tuple(Reminded(key, moment, round_) for round_, moment in enumerate(moments))


@st.composite
def contacts(draw: st.DrawFn, number: int) -> ContactFacts:
    """One contact; ids are unique over all of the member's contacts."""
    first = number * 10
    some = st.integers(0, 2)
    asked = st.builds(Asked, st.just(first), MOMENTS, st.integers(0, 3), st.booleans())
    touched = draw(st.booleans())
    return ContactFacts(
        contact_id=number,
        has_company=draw(st.booleans()),
        asked=draw(st.none() | asked),
        talks=tuple(draw(talks(first + each)) for each in range(draw(some))),
        promises=tuple(
            PromiseMade(
                promise_id=first + each,
                by=draw(st.sampled_from(PromiseBy)),
                made_at=draw(MOMENTS),
                due_on=draw(st.none() | DAYS),
                kept_at=draw(st.none() | MOMENTS),
                told_since_kept=draw(st.booleans()),
            )
            for each in range(draw(some))
        ),
        to_tell=tuple(
            ToTell(interview_id=1000 + first + each, introducer_id=number, since=draw(MOMENTS))
            for each in range(draw(some))
        ),
        last_touch_id=first if touched else None,
        last_touch_at=draw(MOMENTS) if touched else None,
        reminded=draw(reminders(f"keep_in_touch:{number}:{first}")),
        offered=draw(offers(f"follow_up:{number}:{first}")),
        not_now_until=draw(st.none() | DAYS),
        declined=draw(st.integers(0, 5)) == 0,
        stopped=draw(st.integers(0, 5)) == 0,
    )


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    """A member with up to three contacts, some of whose nudges were answered."""
    known = Facts(
        rhythm=draw(rhythms()),
        as_of=draw(MOMENTS),
        numbers=draw(NUMBERS),
        contacts=tuple(draw(contacts(number + 1)) for number in range(draw(st.integers(0, 3)))),
        has_contacts=draw(st.sampled_from([None, False, True])),
        unwanted=draw(st.frozensets(st.sampled_from(NudgeKind), max_size=3)),
    )
    return with_answers(draw, known)


def with_answers(draw: st.DrawFn, known: Facts) -> Facts:
    """Answer some of what is planned."""
    answers = {
        key: tuple(draw(st.lists(ANSWERS, min_size=1, max_size=3)))
        for key in sorted(nudge.key for nudge in plan(known))
        if draw(st.booleans())
    }
    return replace(known, answers=answers)
