"""A member hears from the bot at their own hours, wherever they live and whatever clocks do."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.hours import Rhythm
from domain.vocabulary import Digest

ZONES = sorted(available_timezones())
LONDON = Rhythm(zone="Europe/London")
EVERY_DAY = frozenset({1, 2, 3, 4, 5, 6, 7})


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=number) for number in range(365)]


def clocks_in_2026(zone: str) -> tuple[object, ...]:
    """How far a zone's clocks are from UTC: on each day, and in each hour when that changes."""
    days = [utc(2025, 12, 31) + timedelta(days=number) for number in range(368)]
    offsets = [day.astimezone(ZoneInfo(zone)).utcoffset() for day in days]
    hours = [
        (day + timedelta(hours=hour)).astimezone(ZoneInfo(zone)).utcoffset()
        for day, now, then in zip(days, offsets, offsets[1:], strict=False)
        if now != then
        for hour in range(24)
    ]
    return (*offsets, *hours)


# One zone for each way that clocks go in 2026: most names are other names for the same clocks.
CLOCKS = sorted({clocks_in_2026(zone): zone for zone in reversed(ZONES)}.values())


def has_hour(zone: str, day: date, hour: int) -> bool:
    """Whether clocks show that full hour on that day."""
    wall = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))
    return wall.astimezone(UTC).astimezone(ZoneInfo(zone)).hour == hour


def test_the_digest_comes_at_nine_on_both_sides_of_the_clock_changes() -> None:
    """Nine o'clock is nine o'clock, in winter and in summer."""
    assert LONDON.next_digest(utc(2026, 3, 27, 12)) == utc(2026, 3, 30, 8)
    assert LONDON.next_digest(utc(2026, 10, 22, 12)) == utc(2026, 10, 23, 8)
    assert LONDON.next_digest(utc(2026, 10, 23, 12)) == utc(2026, 10, 26, 9)


def test_an_hour_that_the_clock_change_skips_becomes_the_next_one() -> None:
    """In London it is never 01:30 on 29 March 2026: one o'clock is two o'clock."""
    assert LONDON.at(date(2026, 3, 29), 1) == utc(2026, 3, 29, 1)
    assert LONDON.local(LONDON.at(date(2026, 3, 29), 1)).hour == 2


def test_an_hour_that_comes_twice_counts_the_first_time() -> None:
    """On 25 October 2026 it is one o'clock twice in London: the digest comes once, at the first."""
    early = Rhythm(
        zone="Europe/London",
        digest_hour=1,
        working_days=EVERY_DAY,
        quiet_from=12,
        quiet_until=12,
    )
    first = early.next_digest(utc(2026, 10, 24, 12))
    assert first == utc(2026, 10, 25, 0)
    assert early.next_digest(first) == utc(2026, 10, 26, 1)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Kolkata", utc(2026, 11, 23, 3, 30)),
        ("Asia/Kathmandu", utc(2026, 11, 23, 3, 15)),
        ("America/St_Johns", utc(2026, 11, 23, 12, 30)),
        ("Australia/Lord_Howe", utc(2026, 11, 22, 22)),
        ("Pacific/Kiritimati", utc(2026, 11, 22, 19)),
        ("Pacific/Pago_Pago", utc(2026, 11, 23, 20)),
    ],
)
def test_odd_offsets_get_their_own_nine_o_clock(zone: str, expected: datetime) -> None:
    """Half hours, quarter hours and the two ends of the day are zones like all others."""
    assert Rhythm(zone=zone).next_digest(utc(2026, 11, 21, 12)) == expected


@pytest.mark.parametrize("zone", CLOCKS)
def test_every_zone_has_one_digest_a_day_at_its_hour(zone: str) -> None:
    """365 days, 365 digests, each on its own local day at nine."""
    rhythm = Rhythm(zone=zone, working_days=EVERY_DAY)
    digests = list(islice(rhythm.digests(rhythm.at(date(2026, 1, 1), 0)), 365))
    local = [rhythm.local(moment) for moment in digests]
    assert [moment.date() for moment in local] == days_of(2026)
    assert {(moment.hour, moment.minute) for moment in local} == {(9, 0)}


@pytest.mark.parametrize("zone", CLOCKS)
def test_every_zone_leaves_its_quiet_hours_at_eight_and_never_earlier(zone: str) -> None:
    """What falls into the night waits for the morning, and for no longer."""
    rhythm = Rhythm(zone=zone)
    moment = utc(2026, 1, 1)
    while moment < utc(2027, 1, 1):
        spoken = rhythm.out_of_quiet_hours(moment)
        assert not rhythm.is_quiet(spoken)
        if spoken == moment:
            assert 8 <= rhythm.local(moment).hour < 20
        else:
            assert moment < spoken <= moment + timedelta(hours=14)
            assert (rhythm.local(spoken).hour, rhythm.local(spoken).minute) == (8, 0)
        moment += timedelta(hours=37, minutes=10)


@pytest.mark.parametrize("zone", CLOCKS)
def test_every_hour_of_every_day_is_a_moment_on_that_day(zone: str) -> None:
    """An hour that exists is met exactly; one that does not is met later, the same day."""
    rhythm = Rhythm(zone=zone)
    changes = (date(2026, 3, 8), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1))
    for day in (*days_of(2026)[::3], *changes):
        for hour in (0, 1, 2, 3, 23):
            local = rhythm.local(rhythm.at(day, hour))
            assert local.date() == day
            assert local.hour == hour or (local.hour > hour and not has_hour(zone, day, hour))


def test_quiet_hours_may_lie_inside_one_day() -> None:
    """Who works at night sleeps from nine to five."""
    rhythm = Rhythm(zone="UTC", quiet_from=9, quiet_until=17)
    assert rhythm.is_quiet(utc(2026, 11, 20, 9))
    assert not rhythm.is_quiet(utc(2026, 11, 20, 17))
    assert rhythm.out_of_quiet_hours(utc(2026, 11, 20, 12)) == utc(2026, 11, 20, 17)


def test_equal_quiet_hours_mean_none() -> None:
    """From eight to eight is no time at all."""
    rhythm = Rhythm(quiet_from=8, quiet_until=8)
    assert not any(rhythm.is_quiet(utc(2026, 11, 20, hour)) for hour in range(24))


def test_the_quiet_hours_begin_and_end_on_the_dot() -> None:
    """20:00 is quiet, 08:00 is not."""
    rhythm = Rhythm()
    assert not rhythm.is_quiet(utc(2026, 11, 20, 19, 59))
    assert rhythm.is_quiet(utc(2026, 11, 20, 20))
    assert rhythm.is_quiet(utc(2026, 11, 20, 7, 59))
    assert not rhythm.is_quiet(utc(2026, 11, 20, 8))


@pytest.mark.parametrize("digest_hour", [5, 21])
def test_a_digest_hour_inside_the_quiet_hours_waits_for_their_end(digest_hour: int) -> None:
    """Nothing comes in quiet hours, not even what was asked for at that hour."""
    rhythm = Rhythm(digest_hour=digest_hour)
    assert rhythm.next_digest(utc(2026, 11, 19, 22)) == utc(2026, 11, 20, 8)


def test_the_digest_leaves_out_free_days() -> None:
    """After Friday comes Monday; and a digest that is due this moment has passed."""
    rhythm = Rhythm()
    friday = utc(2026, 11, 20, 9)
    assert rhythm.next_digest(friday - timedelta(seconds=1)) == friday
    assert rhythm.next_digest(friday) == utc(2026, 11, 23, 9)


def test_without_a_working_day_the_next_day_has_to_do() -> None:
    """What a member asked for is not lost in endless leisure."""
    assert Rhythm(working_days=frozenset()).next_digest(utc(2026, 11, 20, 12)) == utc(
        2026, 11, 21, 9
    )


def test_a_pause_silences_digests_and_all_else_until_it_ends() -> None:
    """Paused until Wednesday noon: the next digest is Thursday's, and nothing comes before noon."""
    wednesday = utc(2026, 11, 25, 12)
    rhythm = Rhythm(paused_until=wednesday)
    assert rhythm.next_digest(utc(2026, 11, 20, 12)) == utc(2026, 11, 26, 9)
    assert rhythm.out_of_quiet_hours(utc(2026, 11, 21, 12)) == wednesday
    assert not rhythm.may_speak_at(wednesday - timedelta(minutes=1))
    assert rhythm.may_speak_at(wednesday)


def test_a_pause_that_ends_at_night_ends_in_the_morning() -> None:
    """Quiet hours come on top of the pause."""
    rhythm = Rhythm(paused_until=utc(2026, 11, 25, 23))
    assert rhythm.out_of_quiet_hours(utc(2026, 11, 21, 12)) == utc(2026, 11, 26, 8)


def test_the_last_digest_in_a_span_is_the_latest_one_that_fits() -> None:
    """The span's beginning does not count, its end does."""
    rhythm = Rhythm()
    wednesday = utc(2026, 11, 25, 9)
    assert rhythm.last_digest_between(utc(2026, 11, 23, 9), wednesday) == wednesday
    assert rhythm.last_digest_between(wednesday, wednesday + timedelta(hours=23)) is None


def test_a_digest_that_is_due_this_moment_is_the_first_but_not_the_next() -> None:
    """What becomes due at nine goes out at nine."""
    friday = utc(2026, 11, 20, 9)
    assert Rhythm().first_digest(friday) == friday
    assert Rhythm().next_digest(friday) == utc(2026, 11, 23, 9)


def test_public_holidays_are_free_days() -> None:
    """Thanksgiving has no digest, and nothing is said on it; the Friday after is no holiday."""
    american = Rhythm(country="US")
    assert american.is_free(date(2026, 11, 26))
    assert not Rhythm().is_free(date(2026, 11, 26))
    assert not american.may_speak_at(utc(2026, 11, 26, 12))
    assert american.next_digest(utc(2026, 11, 25, 9)) == utc(2026, 11, 27, 9)


def test_a_holiday_is_the_members_own_day() -> None:
    """Christmas begins in Auckland while it is still the day before in London."""
    kiwi = Rhythm(zone="Pacific/Auckland", country="NZ")
    assert not kiwi.may_speak_at(utc(2026, 12, 24, 23))
    assert kiwi.may_speak_at(utc(2026, 12, 23, 23))


def test_a_weekly_digest_comes_on_the_review_day() -> None:
    """Friday, unless the member chose another day."""
    weekly = Rhythm(digest=Digest.WEEKLY)
    assert weekly.next_digest(utc(2026, 11, 20, 9)) == utc(2026, 11, 27, 9)
    tuesdays = Rhythm(digest=Digest.WEEKLY, review_day=2)
    assert tuesdays.next_digest(utc(2026, 11, 20, 9)) == utc(2026, 11, 24, 9)


def test_when_the_review_day_is_free_the_weekly_digest_comes_on_the_next_day_that_is_not() -> None:
    """Good Friday and Easter Monday are holidays in Germany: on Tuesday. Sundays: on Mondays."""
    german = Rhythm(country="DE", digest=Digest.WEEKLY)
    assert german.next_digest(utc(2026, 3, 28)) == utc(2026, 4, 7, 9)
    assert german.next_digest(utc(2026, 4, 7, 9)) == utc(2026, 4, 10, 9)
    sundays = Rhythm(digest=Digest.WEEKLY, review_day=7)
    assert sundays.next_digest(utc(2026, 11, 20, 9)) == utc(2026, 11, 23, 9)


def test_who_wants_no_digest_keeps_the_days_of_a_daily_one() -> None:
    """What would have come shows on App Home from then on."""
    none = Rhythm(digest=Digest.NONE)
    assert none.next_digest(utc(2026, 11, 20, 9)) == utc(2026, 11, 23, 9)


def test_the_week_is_looked_back_on_with_the_review_days_digest() -> None:
    """Whatever digest the member wants."""
    for digest in Digest:
        rhythm = Rhythm(digest=digest)
        assert rhythm.review(utc(2026, 11, 23)) == utc(2026, 11, 27, 9)
        assert rhythm.review(utc(2026, 11, 27, 9)) == utc(2026, 11, 27, 9)
        assert rhythm.review(utc(2026, 11, 27, 10)) == utc(2026, 12, 4, 9)


@pytest.mark.parametrize("zone", CLOCKS)
def test_every_zone_has_a_digest_at_its_hour_around_both_clock_changes(zone: str) -> None:
    """For early, usual and late hours, on the days before, at and after every clock change."""
    for change in clock_changes(zone, 2026):
        for hour in (0, 2, 9, 23):
            rhythm = Rhythm(zone, digest_hour=hour, working_days=EVERY_DAY, quiet_until=20)
            days = [change + timedelta(days=number) for number in range(-2, 3)]
            digests = {
                rhythm.local(moment).date(): rhythm.local(moment).hour
                for moment in islice(rhythm.digests(rhythm.at(days[0], 0)), 5)
            }
            for day in days:
                assert digests.get(day) == hour or not has_hour(zone, day, hour)


def test_a_day_that_ends_before_the_digest_hour_has_no_digest() -> None:
    """In Nuuk midnight follows 22:59 on 28 March 2026: nobody there hears at midnight instead."""
    late = Rhythm("America/Nuuk", digest_hour=23, working_days=EVERY_DAY, quiet_from=1)
    digests = islice(late.digests(late.at(date(2026, 3, 27), 12)), 2)
    assert [(late.local(d).day, late.local(d).hour) for d in digests] == [(27, 23), (29, 23)]


def test_a_day_that_skips_its_only_hour_without_quiet_stays_quiet() -> None:
    """In London two o'clock follows 00:59 on 28 March 2027."""
    strict = Rhythm("Europe/London", working_days=EVERY_DAY, quiet_from=2, quiet_until=1)
    two = utc(2027, 3, 29)
    assert strict.out_of_quiet_hours(utc(2027, 3, 27, 12)) == two
    assert strict.next_digest(utc(2027, 3, 27, 12)) == two


def clock_changes(zone: str, year: int) -> list[date]:
    """Give the local days that are not 24 hours long."""
    rhythm = Rhythm(zone=zone)
    days = days_of(year)
    starts = [rhythm.at(day, 0) for day in days]
    offsets = [rhythm.local(start).utcoffset() for start in starts]
    return [day for day, now, then in zip(days, offsets, offsets[1:], strict=False) if now != then]


@given(
    minutes=st.integers(0, 15 * 365 * 24 * 60),
    zone=st.sampled_from(ZONES),
    digest_hour=st.integers(0, 23),
    quiet_from=st.integers(0, 23),
    length=st.integers(0, 23),
    working_days=st.sets(st.integers(1, 7)),
    country=st.sampled_from([None, "DE", "US", "IN", "JP", "XX"]),
    digest=st.sampled_from(Digest),
    review_day=st.integers(1, 7),
)
def test_no_digest_comes_in_quiet_hours_or_on_a_free_day(
    minutes: int,
    zone: str,
    digest_hour: int,
    quiet_from: int,
    length: int,
    working_days: set[int],
    country: str | None,
    digest: Digest,
    review_day: int,
) -> None:
    """For every zone, every rhythm and every moment of fifteen years."""
    rhythm = Rhythm(
        zone=zone,
        digest_hour=digest_hour,
        working_days=frozenset(working_days),
        quiet_from=quiet_from,
        quiet_until=(quiet_from + length) % 24,
        country=country,
        digest=digest,
        review_day=review_day,
    )
    after = utc(2020, 1, 1) + timedelta(minutes=minutes)
    moment = rhythm.next_digest(after)
    day = rhythm.local(moment).date()
    assert moment > after
    assert not rhythm.is_quiet(moment)
    assert not rhythm.is_free(day)
    assert not working_days or day.isoweekday() in working_days
    assert digest != Digest.WEEKLY or rhythm.is_review_day(day)
    assert rhythm.first_digest(moment) == moment == rhythm.digest_on(day)
    assert not rhythm.is_quiet(rhythm.out_of_quiet_hours(after))
    assert rhythm.out_of_quiet_hours(after) >= after
