"""The weekly review: one in each week, on the member's day, while there is something to review."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.cadence import Facts, plan, still_true
from domain.hours import Rhythm
from domain.vocabulary import Digest
from tests.domain.known import DONE, SKIP, at, facts, keys, later

FRIDAY = "weekly_review:2026-W48"


def known(as_of: datetime, rhythm: Rhythm | None = None) -> Facts:
    return replace(facts(rhythm=rhythm), as_of=as_of, has_contacts=True)


def test_the_next_review_comes_on_friday() -> None:
    """With the digest."""
    (review,) = plan(known(at(24, 12)))
    assert (review.key, review.due_at, review.alone) == (FRIDAY, at(27, 9), False)
    assert (review.contact_id, review.interview_id) == (None, None)


def test_the_review_day_is_the_members_own() -> None:
    """Who chose Wednesday hears on Wednesday; where that is free, on the next day that is not."""
    (wednesday,) = plan(known(at(24, 12), Rhythm(review_day=3)))
    assert wednesday.due_at == at(25, 9)
    (thanksgiving,) = plan(known(at(24, 12), Rhythm(review_day=4, country="US")))
    assert thanksgiving.due_at == at(27, 9)


@pytest.mark.parametrize("has_contacts", [False, None])
def test_without_contacts_there_is_nothing_to_review(has_contacts: bool | None) -> None:
    """And one contact's facts alone say nothing of the week."""
    assert plan(replace(known(at(24, 12)), has_contacts=has_contacts)) == frozenset()


def test_a_review_on_its_way_stands_beside_the_next_one() -> None:
    """It does not vanish at the moment at which it becomes due; after three days it is old."""
    assert keys(known(at(27, 8, 59))) == {FRIDAY}
    # From its own moment on: what is sent then has the next one planned, with no act in between.
    assert keys(known(at(27, 9))) == {FRIDAY, "weekly_review:2026-W49"}
    assert keys(known(at(30, 9, 1))) == {"weekly_review:2026-W49"}
    assert still_true(FRIDAY, 0, known(at(28, 12)))


def test_a_review_that_was_answered_is_over() -> None:
    """The next one comes all the same."""
    answered = replace(known(at(27, 10)), answers={FRIDAY: (DONE,)})
    assert keys(answered) == {"weekly_review:2026-W49"}


def test_a_review_that_is_skipped_before_it_comes_leaves_the_next_one_planned() -> None:
    """No message of this week's will have it planned."""
    skipped = replace(known(at(24, 12)), answers={FRIDAY: (SKIP,)})
    assert keys(skipped) == {"weekly_review:2026-W49"}


def test_a_review_put_off_comes_back_even_beside_the_next_one() -> None:
    """Put off by ten days."""
    put_off = replace(known(at(2, 10, month=12)), answers={FRIDAY: (later(at(7, 9, month=12)),)})
    assert {(n.key, n.round_, n.due_at) for n in plan(put_off)} == {
        (FRIDAY, 1, at(7, 9, month=12)),
        ("weekly_review:2026-W49", 0, at(4, 9, month=12)),
    }
    assert FRIDAY not in keys(replace(put_off, as_of=at(20, 12, month=12)))


def test_two_review_days_in_one_week_make_one_review() -> None:
    """Who works on Thursdays and Fridays, and had a free Friday, reviews on Thursday only."""
    german = Rhythm(working_days=frozenset({4, 5}), country="DE")
    easter = datetime(2026, 4, 8, 12, tzinfo=at(1).tzinfo)
    (review,) = plan(known(easter, german))
    assert review.due_at == easter.replace(day=9, hour=9)
    after = {nudge.due_at for nudge in plan(known(easter.replace(day=9), german))}
    assert after == {review.due_at, easter.replace(day=17, hour=9)}


@pytest.mark.parametrize("digest", Digest)
def test_there_is_one_review_in_each_week_of_a_year(digest: Digest) -> None:
    """Asked every hour, whatever digest the member wants."""
    rhythm = Rhythm(zone="Europe/London", country="GB", digest=digest)
    moments = [at(1, month=1) + timedelta(hours=number) for number in range(0, 365 * 24, 7)]
    seen = {nudge for moment in moments for nudge in plan(known(moment, rhythm))}
    assert len({nudge.key for nudge in seen}) == len(seen)
    assert 52 <= len(seen) <= 54
