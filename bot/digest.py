"""What of a member's due nudges goes out now, what waits for which moment, what is dropped."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from domain.cadence import MISSED_AFTER, is_unspoken
from domain.digest_order import by_errand, most_pressing_first
from domain.hours import Rhythm
from domain.vocabulary import Digest, NudgeKind, TouchKind
from storage import manners, members, nudges, touches
from storage.models import Member
from storage.nudges import Claimed, SentMessage

MOST_ITEMS = 10
# Once such a one has come the next is planned: the next week, the end of a thread.
_LEADS_ON = (NudgeKind.WEEKLY_REVIEW, NudgeKind.FOLLOW_UP)
# After this many digests in a row without any answer, the bot asks whether to go on.
UNANSWERED_DIGESTS = 3
# The question how it went is of the day of the talk: it has missed its moment when that is over.
A_DAY = timedelta(days=1)


@dataclass
class SortedOut:
    """What becomes of claimed nudges; `later` holds the moment to which each is put off.

    `unsaid` comes to pass without a word; `more` counts what found no room in today's digest; `ask`
    says that so many digests went unanswered that the member is to be asked whether to go on.
    """

    send: list[Claimed] = field(default_factory=list)
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
    standing = await nudges.planned(session, now, whom(group))
    if any((nudge.key, nudge.round_) not in standing for nudge in group):
        # Their contact may have turned out to be the same person as another since the claim.
        claimed, group = group, await nudges.as_stored(session, group)
        if group != list(claimed):
            standing = await nudges.planned(session, now, whom(group))
    result = sorted_by(member, standing, group, now)
    if result.ask:
        await manners.plan_to_ask(session, now)
    return result


def sorted_by(
    member: Member, standing: Collection[tuple[str, int]], group: Sequence[Claimed], now: datetime
) -> SortedOut:
    """Decide the same, once it is known which nudges stand by the facts."""
    result = SortedOut()
    true = _true(member, standing, group, now, result)
    if member.asked_to_go_on_at is not None or not member.active:
        # They left, or were asked whether to go on, since this was claimed.
        result.put_off(true, now)
        return result
    rhythm = member.rhythm()
    if is_unspoken(NudgeKind.RESTS, rhythm, member.unwanted()):
        result.unsaid = [nudge for nudge in true if nudge.kind == NudgeKind.RESTS]
        true = [nudge for nudge in true if nudge.kind != NudgeKind.RESTS]
    alone = [nudge for nudge in true if nudge.alone]
    if rhythm.out_of_quiet_hours(now) > now:
        result.put_off(alone, rhythm.out_of_quiet_hours(now))
    else:
        result.send += alone
    _sort_digest(member, [nudge for nudge in true if not nudge.alone], now, result)
    return result


def _sort_digest(
    member: Member, digest: Sequence[Claimed], now: datetime, result: SortedOut
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
    if not (is_first_today and is_time):
        result.put_off(known_in_time, rhythm.next_digest(now))
    elif member.unanswered_digests >= UNANSWERED_DIGESTS:
        result.ask = True
        result.put_off(known_in_time, rhythm.next_digest(now))
    else:
        _send_the_most_pressing(known_in_time, rhythm, now, result)


def may_be_untimely(nudge: Claimed, now: datetime) -> bool:
    """Say whether a nudge on its own may have missed its moment; by their hours `untimely` knows.

    What is said right before a talk cannot wait.
    """
    if not nudge.alone or nudge.uncertain or nudge.kind == NudgeKind.TALK_SOON:
        return False
    if nudge.round_ or nudge.kind == NudgeKind.DID_IT_TAKE_PLACE:
        return now - nudge.due_at > (MISSED_AFTER if nudge.round_ else A_DAY)
    return nudge.kind == NudgeKind.THANK_YOU


async def untimely(
    session: AsyncSession, claimed: Sequence[Claimed], now: datetime
) -> Sequence[Claimed]:
    """Let what should have come on its own, and missed its moment, come with the digest.

    So that a day without the bot is followed by one message, and not by many. In a session of the
    member; gives the same nudges as they are now.
    """
    rhythm = (await members.current(session)).rhythm()
    late = {nudge.id for nudge in claimed if _is_untimely(nudge, rhythm, now)}
    await nudges.join_digest(session, late)
    return [replace(nudge, alone=nudge.alone and nudge.id not in late) for nudge in claimed]


def _is_untimely(nudge: Claimed, rhythm: Rhythm, now: datetime) -> bool:
    """Say whether a chosen moment is long over, or a thank-you came to be due on a day off or late.

    Whoever wants no digest gets nothing else than what comes on its own.
    """
    if rhythm.digest == Digest.NONE or not may_be_untimely(nudge, now):
        return False
    missed = now - rhythm.out_of_quiet_hours(nudge.due_at) > MISSED_AFTER
    if nudge.round_ or nudge.kind == NudgeKind.DID_IT_TAKE_PLACE:
        return missed
    news = nudge.created_at >= nudge.due_at
    return missed or news or rhythm.is_free(rhythm.local(now).date())


def _true(
    member: Member,
    standing: Collection[tuple[str, int]],
    group: Sequence[Claimed],
    now: datetime,
    result: SortedOut,
) -> list[Claimed]:
    """Leave out what is no longer true, or of no more use."""
    unheard = member.unanswered_digests >= UNANSWERED_DIGESTS
    true = []
    for nudge in group:
        stands = (nudge.key, nudge.round_) in standing or (
            # Who did anything since it was planned need not be asked any more.
            nudge.kind == NudgeKind.GO_ON and unheard
        )
        if stands and nudge.makes_sense_until > now:
            true.append(nudge)
        else:
            result.drop.append(nudge)
    # Once it is said that a thread rests, nobody else is suggested in the same breath.
    resting = {nudge.contact_id for nudge in true if nudge.kind == NudgeKind.RESTS}
    result.drop += [nudge for nudge in true if _suggests_another(nudge, resting)]
    return [nudge for nudge in true if not _suggests_another(nudge, resting)]


def whom(group: Iterable[Claimed]) -> set[int]:
    """Give the contacts whom nudges are about."""
    return {nudge.contact_id for nudge in group if nudge.contact_id is not None}


def _suggests_another(nudge: Claimed, resting: Collection[int | None]) -> bool:
    return nudge.kind == NudgeKind.OTHER_PERSON and nudge.contact_id in resting


def _send_the_most_pressing(
    digest: Sequence[Claimed], rhythm: Rhythm, now: datetime, result: SortedOut
) -> None:
    pressing = most_pressing_first(sorted(digest, key=_earliest), _kind)
    # In the order in which the message shows them.
    result.send += by_errand(sorted(pressing[:MOST_ITEMS], key=_earliest), _kind)
    result.put_off(pressing[MOST_ITEMS:], rhythm.next_digest(now))
    result.more = len(pressing[MOST_ITEMS:])


def _earliest(nudge: Claimed) -> tuple[datetime, int]:
    return nudge.due_at, nudge.id


def _kind(nudge: Claimed) -> NudgeKind:
    return nudge.kind


async def let_rest(
    session: AsyncSession, said: Sequence[Claimed], at: datetime, now: datetime
) -> None:
    """Said, and so it is: the contact stands as "no reply", unless they answered on the way."""
    resting = {n.contact_id: n for n in said if n.kind == NudgeKind.RESTS and n.contact_id}
    if not resting:
        return
    standing = await nudges.planned(session, now, {*resting})
    for contact_id, nudge in resting.items():
        if (nudge.key, nudge.round_) in standing:
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
