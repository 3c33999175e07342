"""A cohort whose talks are over: whom the bot owes a question, and who got which."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from domain.vocabulary import NudgeKind, NudgeStatus
from sandbox.server import Sandbox
from sandbox.workspace import BOT_USER_ID, TEAM_ID
from storage import contacts, interviews
from storage.contacts import ContactFields
from storage.interviews import InterviewFields
from storage.models import Nudge
from storage.sessions import MemberKey, Sessions

TALKS_EACH = 2
TALK = timedelta(minutes=30)
ASKED_AFTER = timedelta(minutes=30)
_NAME = re.compile(r"Contact \d{5}")
_UNSETTLED = (NudgeStatus.PENDING, NudgeStatus.SENDING)

# Who is asked about whom: a Slack user id and a contact's name, which nobody else has.
Question = tuple[str, str]


@dataclass(frozen=True)
class Verdict:
    """What the members' messages show against what they were owed."""

    lost: int
    duplicated: int
    misdirected: int

    @property
    def clean(self) -> bool:
        """Whether each question came once, to the right member."""
        return not (self.lost or self.duplicated or self.misdirected)


async def with_talks(
    sessions: Sessions, user_ids: Sequence[str], start: datetime, due: Sequence[datetime]
) -> set[Question]:
    """Give each member their talks, so that one question falls due at each of these moments."""
    owed: set[Question] = set()
    for number, user_id in enumerate(user_ids):
        async with sessions.member(MemberKey(TEAM_ID, user_id)) as session:
            # Every so many places, so that one member's questions lie far apart.
            for index in range(number, len(due), len(user_ids)):
                name = f"Contact {index:05d}"
                contact = await contacts.add(session, ContactFields(name=name), start)
                talk = InterviewFields(
                    starts_at=due[index] - ASKED_AFTER - TALK, minutes=TALK // timedelta(minutes=1)
                )
                await interviews.schedule(session, contact.id, talk, start)
                owed.add((user_id, name))
    return owed


async def unsettled(sessions: Sessions) -> int:
    """Count the questions of which the bot does not know yet that they arrived."""
    async with sessions.unscoped() as session:
        query = select(func.count(Nudge.id)).where(
            Nudge.kind == NudgeKind.DID_IT_TAKE_PLACE, Nudge.status.in_(_UNSETTLED)
        )
        return (await session.scalars(query)).one()


def received(sandbox: Sandbox) -> int:
    """Count the app's messages in all direct conversations."""
    return sum(len(c.messages) for c in sandbox.workspace.channels.values() if c.is_im)


def verdict(sandbox: Sandbox, owed: set[Question]) -> Verdict:
    """Judge by nothing but the messages that members have in front of them."""
    questions: Counter[Question] = Counter()
    ids: Counter[str] = Counter()
    for channel in sandbox.workspace.channels.values():
        if not channel.is_im:
            continue
        [user_id] = [one for one in channel.members if one != BOT_USER_ID]
        for message in channel.messages:
            questions.update((user_id, name) for name in _NAME.findall(message.text))
            payload = (message.metadata or {}).get("event_payload", {})
            ids.update(payload.get("nudges", "").split(","))
    return Verdict(
        lost=sum(questions[question] == 0 for question in owed),
        duplicated=max(_beyond_the_first(questions), _beyond_the_first(ids)),
        misdirected=sum(question not in owed for question in questions),
    )


def _beyond_the_first(seen: Counter[Question] | Counter[str]) -> int:
    return sum(count - 1 for count in seen.values())
