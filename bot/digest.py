"""What of a member's due nudges goes out now, what waits for which moment, what is dropped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from domain.cadence import MISSED_AFTER, PlannedNudge, is_unspoken
from domain.digest_order import by_errand, most_pressing_first
from domain.hours import Rhythm
from domain.numbers import Numbers
from domain.vocabulary import Digest, NudgeKind, TouchKind
from storage import limits, manners, members, nudges, touches
from storage.models import Member
from storage.nudges import Claimed, SentMessage

# Once such a one has come the next is planned: the next week, the end of a thread.
_LEADS_ON = (NudgeKind.WEEKLY_REVIEW, NudgeKind.FOLLOW_UP)


@dataclass
class SortedOut:
    """What becomes of claimed nudges; `later` holds the moment to which each is put off.

    `moved` is due at another time by now, since a fact changed after the claim. `unsaid` comes to
    pass without a word; `more` counts what found no room in today's digest; `ask` says that so many
    digests went unanswered that the member is to be asked whether to go on.
    """

    send: list[Claimed] = field(default_factory=list)
    moved: list[Claimed] = field(default_factory=list)
    later: dict[datetime, list[Claimed]] = field(default_factory=dict)
    drop: list[Claimed] = field(default_factory=list)
    unsaid: list[Claimed] = field(default_factory=list)
    more: int = 0
    ask: bool = False

    def put_off(self, claimed: Sequence[Claimed], moment: datetime) -> None:
        """Put nudges off to a moment; what will make no sense any more by then is dropped now.

        So that the next one of its kind is planned now, and not when its own time has come.
        """
        in_time = [nudge for nudge in claimed if nudge.makes_sense_until > moment]
        self.drop += [nudge for nudge in claimed if nudge not in in_time]
        if in_time:
            self.later.setdefault(moment, []).extend(in_time)


async def sort_out(session: AsyncSession, group: Sequence[Claimed], now: datetime) -> SortedOut:
    """Decide by the facts of this moment and by the bot's manners, in a session of the member."""
    member = await members.current(session)
    plan = await nudges.planned(session, now, whom(group))
    if any((nudge.key, nudge.round_) not in plan for nudge in group):
        # Their contact may have turned out to be the same person as another since the claim.
        claimed, group = group, await nudges.as_stored(session, group)
        if group != list(claimed):
            plan = await nudges.planned(session, now, whom(group))
    numbers = await limits.numbers_of(session, member)
    result = sorted_by(member, numbers, plan, group, now)
    if result.ask:
        await manners.plan_to_ask(session, now)
    return result


def sorted_by(
    member: Member,
    numbers: Numbers,
    plan: Mapping[tuple[str, int], PlannedNudge],
    group: Sequence[Claimed],
    now: datetime,
) -> SortedOut:
    """Decide the same, once it is known which nudges should exist, by key and round."""
    result = SortedOut()
    unheard = member.unanswered_digests >= numbers.ask_after_digests
    true = _true(plan, group, now, result, unheard=unheard)
    if member.asked_to_go_on_at is not None or not member.active:
        # They left, or were asked whether to go on, since this was claimed.
        result.put_off(true, now)
        return result
    rhythm = member.rhythm()
    if is_unspoken(NudgeKind.RESTS, rhythm, member.unwanted()):
        result.unsaid = [nudge for nudge in true if nudge.kind == NudgeKind.RESTS]
        true = [nudge for nudge in true if nudge.kind != NudgeKind.RESTS]
    _sort_alone(rhythm, [nudge for nudge in true if nudge.alone], now, result)
    digest = [nudge for nudge in true if not nudge.alone]
    _sort_digest(member, numbers, digest, now, result)
    return result


def _sort_alone(rhythm: Rhythm, alone: Sequence[Claimed], now: datetime, result: SortedOut) -> None:
    """What comes on its own comes out of quiet hours, and keeps to no digest's hour.

    But for the question whether to go on: it stands for a digest, and waits for the hour of one
    where days without the bot have passed since it was planned, or a day off has begun.
    """
    for nudge in alone:
        waited = now - nudge.due_at > MISSED_AFTER or not rhythm.may_speak_at(now)
        if nudge.kind == NudgeKind.GO_ON and waited:
            result.put_off([nudge], rhythm.next_digest(now))
        elif rhythm.out_of_quiet_hours(now) > now:
            result.put_off([nudge], rhythm.out_of_quiet_hours(now))
        else:
            result.send.append(nudge)


def _sort_digest(
    member: Member,
    numbers: Numbers,
    digest: Sequence[Claimed],
    now: datetime,
    result: SortedOut,
) -> None:
    rhythm = member.rhythm()
    # What was due before it was even known comes with the next digest, not at any odd hour.
    known_in_time = [nudge for nudge in digest if nudge.created_at < nudge.due_at]
    result.put_off([n for n in digest if n not in known_in_time], rhythm.next_digest(now))
    if not known_in_time:
        return
    today = rhythm.local(now).date()
    is_first_today = member.last_digest_on != today
    # What was put off by hours that have changed since may be claimed before today's hour.
    is_time = rhythm.may_speak_at(now) and now >= rhythm.digest_on(today)
    # Whoever has just said that they want no digest gets none.
    is_wanted = rhythm.digest != Digest.NONE
    if not (is_first_today and is_time and is_wanted):
        result.put_off(known_in_time, rhythm.next_digest(now))
    elif member.unanswered_digests >= numbers.ask_after_digests:
        result.ask = True
        result.put_off(known_in_time, rhythm.next_digest(now))
    else:
        _send_the_most_pressing(known_in_time, rhythm, now, numbers.digest_items, result)


def _true(
    plan: Mapping[tuple[str, int], PlannedNudge],
    group: Sequence[Claimed],
    now: datetime,
    result: SortedOut,
    *,
    unheard: bool,
) -> list[Claimed]:
    """Leave out what is no longer true, or of no more use, or not yet due after all.

    Who did anything since it was planned need not be asked any more whether to go on.
    """
    true = []
    for nudge in group:
        planned = plan.get((nudge.key, nudge.round_))
        stands = planned is not None or (nudge.kind == NudgeKind.GO_ON and unheard)
        if planned is not None and planned.due_at > now:
            result.moved.append(nudge)
        elif stands and nudge.makes_sense_until > now:
            true.append(nudge)
        else:
            result.drop.append(nudge)
    needless = _said_better(true, plan)
    result.drop += needless
    return [nudge for nudge in true if nudge not in needless]


def _said_better(
    true: Sequence[Claimed], plan: Mapping[tuple[str, int], PlannedNudge]
) -> list[Claimed]:
    """Give what needs no saying, for something in the same breath says it better.

    Once a thread rests, nobody else is suggested; and a brief says what is not prepared.
    """
    resting = {nudge.contact_id for nudge in true if nudge.kind == NudgeKind.RESTS}
    ahead = [nudge for nudge in true if nudge.kind in (NudgeKind.BRIEF, NudgeKind.UNPREPARED)]
    talks = {nudge.id: plan[nudge.key, nudge.round_].interview_id for nudge in ahead}
    briefed = {talks[nudge.id] for nudge in ahead if nudge.kind == NudgeKind.BRIEF}
    return [
        nudge
        for nudge in true
        if (nudge.kind == NudgeKind.OTHER_PERSON and nudge.contact_id in resting)
        or (nudge.kind == NudgeKind.UNPREPARED and talks[nudge.id] in briefed)
    ]


def whom(group: Iterable[Claimed]) -> set[int]:
    """Give the contacts whom nudges are about."""
    return {nudge.contact_id for nudge in group if nudge.contact_id is not None}


def _send_the_most_pressing(
    digest: Sequence[Claimed], rhythm: Rhythm, now: datetime, most: int, result: SortedOut
) -> None:
    tomorrow = rhythm.next_digest(now)
    pressing = most_pressing_first(sorted(digest, key=_earliest), _kind)
    # What would make no sense with the next digest any more has no other day than this one.
    pressing.sort(key=lambda nudge: nudge.makes_sense_until > tomorrow)
    # In the order in which the message shows them.
    result.send += by_errand(sorted(pressing[:most], key=_earliest), _kind)
    no_room = pressing[most:]
    result.put_off(no_room, tomorrow)
    result.more = sum(nudge.makes_sense_until > tomorrow for nudge in no_room)


def _earliest(nudge: Claimed) -> tuple[datetime, datetime, int]:
    return nudge.due_at, nudge.makes_sense_until, nudge.id


def _kind(nudge: Claimed) -> NudgeKind:
    return nudge.kind


async def let_rest(
    session: AsyncSession, said: Sequence[Claimed], at: datetime, now: datetime
) -> None:
    """Said, and so it is: the contact stands as "no reply", unless they answered on the way."""
    resting = {n.contact_id: n for n in said if n.kind == NudgeKind.RESTS and n.contact_id}
    if not resting:
        return
    plan = await nudges.planned(session, now, {*resting})
    for contact_id, nudge in resting.items():
        if (nudge.key, nudge.round_) in plan:
            await touches.log(session, contact_id, TouchKind.RESTED, at, now=now)


async def record(
    session: AsyncSession,
    sent: Sequence[Claimed],
    message: SentMessage,
    *,
    owner: str,
    now: datetime,
    facts_version: int | None = None,
) -> list[Claimed]:
    """Note that nudges reached the member, and what follows from that, in the member's session.

    They reached them at the moment in the message's ts, which may be long before `now`;
    `facts_version` is the member's at the moment in which they were found true, if that is known.
    Gives those that were still this process's own.
    """
    member = await members.current(session)
    if member.facts_version != facts_version:
        sent = await nudges.as_stored(session, sent)
    ids = await nudges.record_sent(session, {nudge.id: message for nudge in sent}, owner=owner)
    # Another process may have taken over the claim: then it notes what follows, once.
    own = [nudge for nudge in sent if nudge.id in ids]
    await let_rest(session, own, message.at, now)
    for nudge in own:
        if nudge.kind == NudgeKind.GO_ON:
            await manners.asked_to_go_on(session, now)
    if any(not nudge.alone for nudge in own):
        manners.digest_sent(member, message.at)
    # What the member logged while the message was on its way has settled nothing in it yet.
    if member.facts_version != facts_version or leads_on(own):
        await nudges.reconcile(session, now, *whom(own))
    return own


def leads_on(sent: Iterable[Claimed]) -> bool:
    """Say whether something else is planned once these have come."""
    return any(nudge.kind in _LEADS_ON for nudge in sent)
