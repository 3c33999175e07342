"""A bot that is broken on purpose is found out: each count rises by the fault that it stands for.

The real bot plays two weeks with one of its rules, or one step of its delivery, replaced by a bad
one. That our own code is patched is the point of these tests.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import bot.delivery
import bot.digest
import bot.doubt
import bot.letters
import domain.cadence
import storage.planning
from bot import rehearsal
from bot.dm_history import found_in_history
from bot.manifest import manifest
from bot.tryout import Credentials
from domain.cadence import Facts, PlannedNudge
from domain.hours import Rhythm
from domain.vocabulary import NudgeKind
from handlers.views.nudge_messages import nudge_message
from handlers.views.nudge_words import NudgeShown
from handlers.views.screen import Message
from sandbox.server import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from simulation.play import play
from simulation.run import Plan
from simulation.weather import RATES
from storage.models import Member
from storage.nudges import Claimed
from storage.urls import normalised, sqlite_url

CREDENTIALS = Credentials(BOT_TOKEN, APP_TOKEN, SIGNING_SECRET)
# Days between two sittings: much happens in a short time, or hardly anybody answers.
OFTEN, SELDOM = (0.4, 0.9), (5.0, 7.0)

Break = Callable[[pytest.MonkeyPatch], None]
Planner = Callable[[Facts], Iterable[PlannedNudge]]
RIGHT: Planner = domain.cadence.plan


class Found(NamedTuple):
    """The counts that are not zero, and each violation in words."""

    counts: dict[str, int]
    why: list[str]


def broken_in(
    folder: Path,
    patch: pytest.MonkeyPatch,
    *,
    gap: tuple[float, float] = OFTEN,
    **plan: Any,
) -> Found:
    """Play it on a new database, and give what the checker finds."""
    patch.setattr("simulation.people.GAP", gap)

    async def run() -> Found:
        url = normalised(sqlite_url(folder / "simulation.db"))
        await rehearsal.prepare(url)
        how = rehearsal.opener(CREDENTIALS, url)
        shape = {"members": 3, "weeks": 2, "seed": 2, **plan}
        _, verdict = await play(Plan(**shape), manifest(), url, how)
        counts = {rule: count for rule, count in verdict.counts.items() if count}
        return Found(counts, [violation.why for violation in verdict.violations])

    return asyncio.run(run())


@pytest.fixture(scope="module", autouse=True)
def healthy(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The same weeks with the bot as it is: whatever counts below is the fault's doing."""
    with pytest.MonkeyPatch.context() as patch:
        assert broken_in(tmp_path_factory.mktemp("healthy"), patch).why == []


def rule(planner: Planner) -> Break:
    """Have the bot plan by another rule."""
    return lambda patch: patch.setattr(domain.cadence, "plan", lambda f: frozenset(planner(f)))


def without(*kinds: NudgeKind) -> Break:
    """Forget these kinds."""
    return rule(lambda facts: [nudge for nudge in RIGHT(facts) if nudge.kind not in kinds])


def thank_a_day_later(facts: Facts) -> Iterable[PlannedNudge]:
    for nudge in RIGHT(facts):
        later = timedelta(days=1) if nudge.kind is NudgeKind.THANK_YOU else timedelta(0)
        until = max(nudge.makes_sense_until, nudge.due_at + 2 * later)
        yield replace(nudge, due_at=nudge.due_at + later, makes_sense_until=until)


def each_on_its_own(facts: Facts) -> Iterable[PlannedNudge]:
    return (replace(nudge, alone=True) for nudge in RIGHT(facts))


def pester(facts: Facts) -> Iterable[PlannedNudge]:
    """Offer three follow-ups, each soon after the last, whatever the member's number is."""
    for nudge in RIGHT(replace(facts, numbers=replace(facts.numbers, follow_ups=3))):
        first = nudge.kind is NudgeKind.FOLLOW_UP and not nudge.round_
        soon = timedelta(days=9) if first else timedelta(0)
        yield replace(nudge, due_at=nudge.due_at - soon)


def hear_no_thanks(facts: Facts) -> Iterable[PlannedNudge]:
    contacts = [
        replace(each, talks=tuple(replace(talk, thanked=False) for talk in each.talks))
        for each in facts.contacts
    ]
    return RIGHT(replace(facts, contacts=tuple(contacts)))


def never_quiet(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Rhythm, "is_quiet", lambda self, moment: False)


def never_free(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Rhythm, "is_free", lambda self, day: False)


def never_silent(patch: pytest.MonkeyPatch) -> None:
    def unheard(member: Member, now: datetime) -> None:
        member.last_digest_on = member.rhythm().local(now).date()

    patch.setattr("storage.manners.digest_sent", unheard)


def cancel_nothing(patch: pytest.MonkeyPatch) -> None:
    """Plan what is new, but take back nothing, and look at no fact before sending."""

    def all_of_it(_plan: Any, group: Sequence[Any], *_: Any, **__: Any) -> list[Any]:
        return list(group)

    patch.setattr(storage.planning, "_cancel", lambda *_: None)
    patch.setattr(bot.digest, "_true", all_of_it)


def see_nothing_in_the_dm(patch: pytest.MonkeyPatch) -> None:
    """Answers of Slack are lost, and the look into the DM misses what came on its own."""
    right = found_in_history

    async def not_all(client: Any, channel_id: str, group: Sequence[Claimed]) -> dict[int, str]:
        found = await right(client, channel_id, group)
        alone = {nudge.id for nudge in group if nudge.alone}
        return {nudge: ts for nudge, ts in found.items() if nudge not in alone}

    patch.setattr(bot.doubt, "found_in_history", not_all)
    patch.setattr("simulation.weather.POSTING", ((1, {"lose_answer": True}),))
    patch.setitem(RATES, "chat.postMessage", 0.5)


def keep_the_last_screen(patch: pytest.MonkeyPatch) -> None:
    """A line of the message that was drawn before, for whomever, stays on the next one."""
    right, before = nudge_message, [""]

    def message(shown: Sequence[NudgeShown], **more: Any) -> Message:
        drawn = right(shown, **more)
        left, before[0] = before[0], shown[0].name or before[0]
        return replace(drawn, text=f"{drawn.text}\n{left}")

    patch.setattr(bot.letters, "nudge_message", message)


BROKEN: list[tuple[str, Break, dict[str, Any]]] = [
    ("duplicated", see_nothing_in_the_dm, {"weeks": 1, "faults": True}),
    ("in_quiet_hours", never_quiet, {}),
    ("on_free_days", never_free, {"seed": 1, "weeks": 1}),
    ("over_daily_cap", rule(each_on_its_own), {"seed": 1, "weeks": 1}),
    ("over_daily_cap", never_silent, {"weeks": 4, "gap": SELDOM}),
    ("over_followup_cap", rule(pester), {}),
    ("answered_but_sent", rule(hear_no_thanks), {"seed": 8}),
    ("debrief_missing", without(NudgeKind.ASK_AGAIN_HOW_IT_WENT, NudgeKind.DEBRIEF_MISSING), {}),
    ("thank_you_late", rule(thank_a_day_later), {"seed": 1}),
    ("wrong_member", keep_the_last_screen, {"seed": 1, "weeks": 1}),
]


@pytest.mark.parametrize(("count", "broken", "plan"), BROKEN)
def test_a_broken_bot_is_found_out(
    count: str,
    broken: Break,
    plan: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken(monkeypatch)
    assert broken_in(tmp_path, monkeypatch, **plan).counts.keys() == {count}


def test_what_a_bot_forgets_is_lost_kind_by_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten = [
        NudgeKind.TALK_SOON,
        NudgeKind.BRIEF,
        NudgeKind.DID_IT_TAKE_PLACE,
        NudgeKind.OTHER_PERSON,
        NudgeKind.WEEKLY_REVIEW,
    ]
    without(*forgotten)(monkeypatch)
    found = broken_in(tmp_path, monkeypatch, seed=1)
    assert found.counts.keys() == {"lost"}
    for kind in forgotten:
        assert any(f"no {kind} " in why for why in found.why), kind


def test_a_bot_that_cancels_nothing_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever puts off what was not true any more waits for it in vain, or gets it twice."""
    cancel_nothing(monkeypatch)
    found = broken_in(tmp_path, monkeypatch)
    assert found.counts["answered_but_sent"] > 0
    assert found.counts.keys() <= {"answered_but_sent", "duplicated", "lost", "over_followup_cap"}
