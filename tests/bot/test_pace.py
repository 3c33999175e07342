"""The pace: so many messages a minute to a workspace, one a second to a member, none in a hold."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.pace import BURST, LOOK, OPEN, POST, Pace

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class To:
    """A member of a workspace."""

    workspace_id: int
    member_id: int


def later(seconds: float) -> datetime:
    """Give the moment so many seconds after NOW."""
    return NOW + timedelta(seconds=seconds)


def post(pace: Pace, times: int, now: datetime = NOW, workspace_id: int = 1) -> int:
    """Post to one member after another while the pace lets one; give how many went out."""
    went = 0
    for number in range(times):
        to = To(workspace_id, 1000 * workspace_id + number)
        if pace.free_at(POST, to, now) > now:
            break
        pace.posting(to, now)
        went += 1
    return went


def test_a_short_burst_goes_out_at_once_and_then_so_many_a_second() -> None:
    pace = Pace(300)
    assert pace.most(NOW) == BURST
    assert post(pace, 50) == BURST
    assert pace.without(POST, NOW) == {1}
    # A second's worth: a beat for each message would be many beats.
    assert pace.opens_next(NOW) == later(1)
    assert pace.without(POST, later(1)) == set()
    assert pace.most(later(1)) == 5
    assert post(pace, 50, later(1)) == 5


def test_an_idle_minute_saves_up_no_more_than_a_burst() -> None:
    pace = Pace(300)
    post(pace, 50)
    assert pace.opens_next(later(60)) is None
    assert post(pace, 50, later(60)) == BURST


def test_a_slow_pace_lets_one_message_go_at_a_time() -> None:
    pace = Pace(2)
    assert post(pace, 50) == 2
    assert pace.opens_next(NOW) == later(30)
    assert post(pace, 50, later(30)) == 1


def test_each_workspace_has_room_of_its_own() -> None:
    pace = Pace(300)
    post(pace, BURST, workspace_id=1)
    post(pace, 3, workspace_id=2)
    assert pace.without(POST, NOW) == {1}
    assert pace.most(NOW) == BURST - 3


def test_no_pace_lets_everything_go() -> None:
    pace = Pace(0)
    assert post(pace, 1000) == 1000
    assert pace.most(NOW) > 1000
    assert pace.opens_next(NOW) is None
    pace.hold(1, POST, NOW, later(7))
    assert post(pace, 1) == 0, "what Slack says holds all the same"
    assert post(pace, 1000, later(7)) == 1000


def test_a_member_gets_one_message_a_second() -> None:
    pace, member, other = Pace(), To(1, 1), To(1, 2)
    pace.posting(member, NOW)
    assert pace.free_at(POST, member, later(0.3)) == later(1)
    assert pace.free_at(POST, other, later(0.3)) == later(0.3)
    assert pace.free_at(LOOK, member, later(0.3)) == later(0.3)
    assert pace.free_at(POST, member, later(1)) == later(1)


def test_a_hold_is_for_one_method_in_one_workspace() -> None:
    pace = Pace()
    pace.hold(1, POST, NOW, later(30))
    pace.hold(2, OPEN, NOW, later(40))
    assert (pace.without(POST, NOW), pace.without(OPEN, NOW)) == ({1}, {2})
    assert pace.free_at(POST, To(1, 1), NOW) == later(30)
    assert pace.free_at(LOOK, To(1, 1), NOW) == NOW
    assert pace.free_at(POST, To(2, 2), NOW) == NOW
    assert pace.opens_next(NOW) == later(30)
    assert pace.opens_next(later(30)) == later(40)
    assert pace.opens_next(later(40)) is None


def test_a_shorter_hold_ends_no_longer_one() -> None:
    pace = Pace()
    pace.hold(1, POST, NOW, later(30))
    pace.hold(1, POST, NOW, later(2))
    assert pace.free_at(POST, To(1, 1), NOW) == later(30)


def test_after_a_hold_it_begins_with_a_few_messages() -> None:
    pace = Pace(300)
    pace.hold(1, POST, NOW, later(30))
    assert post(pace, 50, later(29)) == 0
    assert post(pace, 50, later(30)) == 5


def test_a_clock_that_is_set_back_stops_nothing() -> None:
    pace, hours = Pace(), timedelta(hours=3)
    post(pace, BURST)
    pace.hold(1, POST, NOW, later(30))
    assert pace.free_at(POST, To(1, 1000), NOW - hours) == NOW - hours
    assert pace.without(POST, NOW - hours) == set()


def test_what_is_over_is_forgotten() -> None:
    pace = Pace()
    for workspace_id in range(50):
        post(pace, 3, workspace_id=workspace_id)
        pace.hold(workspace_id, LOOK, NOW, later(5))
    pace.opens_next(later(6))
    assert [len(kept) for kept in (pace._filling, pace._holds, pace._written)] == [0, 0, 0]


@given(
    st.integers(1, 6000), st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 40)), max_size=40)
)
def test_in_no_minute_does_more_go_out_than_a_burst_and_the_pace(
    a_minute: int, tries: list[tuple[int, int]]
) -> None:
    pace, now = Pace(a_minute), NOW
    went: list[datetime] = []
    for milliseconds, times in tries:
        now += timedelta(milliseconds=milliseconds)
        went += [now] * post(pace, times, now)
        closed = pace.without(POST, now)
        opens = pace.opens_next(now)
        assert bool(closed) == (opens is not None)
        assert opens is None or opens > now
        # At that moment there is something to claim for: no beat is in vain.
        assert opens is None or (pace.without(POST, opens) == set() and pace.most(opens) >= 1)
    for first in went:
        within = [each for each in went if first <= each < first + timedelta(minutes=1)]
        assert len(within) <= min(BURST, a_minute) + a_minute
