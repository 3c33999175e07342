"""An id that Slack hands back is a claim: in buttons, menus, options, and a form's luggage.

Ben presses and sends what he has before him; on the way to the bot another's ids take the place of
his own.
"""

import io
import json
from collections.abc import Awaitable, Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.vocabulary import NudgeKind
from sandbox.driver import Member
from sandbox.model import Json
from storage import contacts, interviews
from storage.base import Base
from storage.contacts import ContactFields
from storage.interviews import InterviewFields
from storage.models import Contact, Interview, Nudge
from storage.sessions import MemberKey
from tests.stories.conftest import NOW, House
from tests.stories.steps import plan_first_talk

SECRET = "Zelda Quint"
STRANGERS = {
    "another member": MemberKey("T0SANDBOX", "U0CHIARANERI"),
    "another workspace": MemberKey("T0OTHER", "U0BENOKAFOR"),
}
# What the bot says to whom it does not find a row for.
KIND = ("not on your list any more", "nothing to change", "is gone", "not there any more")
LATER = NOW + timedelta(days=3)
Act = Callable[[Member], Awaitable[None]]


@dataclass
class Forger:
    """Puts another's ids in the place of Ben's in all that the bot hears, once it is at work.

    `swap`: by the name that the id has in a form's luggage, Ben's own and the other one.
    """

    house: House
    swap: dict[str, tuple[int, int]]
    strangers_id: int
    at_work: bool = False
    forged: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        link = self.house.sandbox.link
        self._ask, link.ask = link.ask, self.ask  # type: ignore[method-assign]

    async def ask(self, kind: str, payload: Json, *, answers: bool) -> Json:
        """Deliver a payload, forged."""
        if self.at_work:
            payload = deepcopy(payload)
            self._forge(payload)
        return await self._ask(kind, payload, answers=answers)

    def _forge(self, part: Any) -> None:
        if isinstance(part, list):
            for inner in part:
                self._forge(inner)
        elif isinstance(part, dict):
            if isinstance(part.get("value"), str):
                part["value"] = self._other(part["value"])
            if part.get("private_metadata"):
                part["private_metadata"] = self._luggage(part["private_metadata"])
            for inner in part.values():
                self._forge(inner)

    def _other(self, value: str) -> str:
        head, colon, number = value.rpartition(":")
        for own, other in self.swap.values():
            if number == str(own):
                self.forged.append(value)
                return f"{head}{colon}{other}"
        return value

    def _luggage(self, packed: str) -> str:
        carried = json.loads(packed)
        for name, (own, other) in self.swap.items():
            if carried.get(name) == own:
                self.forged.append(name)
                carried[name] = other
        return json.dumps(carried)

    async def strangers_rows(self) -> list[list[Any]]:
        """All that the other one has, table by table."""
        found = []
        async with self.house.memory.unscoped() as session:
            for table in Base.metadata.sorted_tables:
                if "member_id" in table.c:
                    query = select(table).where(table.c.member_id == self.strangers_id)
                    rows = await session.execute(query.order_by(*table.primary_key.columns))
                    found.append([tuple(row) for row in rows])
        return found


@pytest.fixture(params=STRANGERS)
async def forger(house: House, request: pytest.FixtureRequest) -> Forger:
    """Ben has a contact and a talk, and so has the other one."""
    who, now = STRANGERS[request.param], house.sandbox.clock.now()
    async with house.memory.member(who) as session:
        contact = await contacts.add(session, ContactFields(name=SECRET), now)
        for name in ("Ivo Marsh", "Lena Voss"):  # so that no two ids are the same by chance
            await contacts.add(session, ContactFields(name=name), now)
        fields = InterviewFields(starts_at=now + timedelta(days=2))
        talk = await interviews.schedule(session, contact.id, fields, now)
        other = (contact.id, talk.id, contact.member_id)
    await plan_first_talk(house.ben, "Tom Reed at Globex", "tuesday 3pm")
    async with house.memory.unscoped() as session:
        [bens] = await session.scalars(select(Contact).where(Contact.name == "Tom Reed"))
        [his] = await session.scalars(select(Interview).where(Interview.contact_id == bens.id))
    swap = {"contact_id": (bens.id, other[0]), "interview_id": (his.id, other[1])}
    assert bens.id != his.id
    return Forger(house, swap, other[2])


def seen_by(member: Member) -> str:
    """All that a member has before them."""
    modal = [member.modal.text, *member.modal.errors.values()] if member.has_modal else []
    answers = [answer.text for answer in member.answers]
    return "\n".join([*answers, *member.dms.texts, *modal])


def kind_words(member: Member) -> int:
    """Count how often a member has been told that there is no such row."""
    return sum(seen_by(member).count(words) for words in KIND)


async def kindly_refused(forger: Forger, act: Act) -> None:
    """Let Ben do something that is forged: nothing of the other's is changed or shown."""
    ben, before = forger.house.ben, await forger.strangers_rows()
    told = kind_words(ben)
    forger.forged.clear()
    forger.at_work = True
    await act(ben)
    forger.at_work = False
    assert forger.forged, "nothing was forged"
    assert kind_words(ben) > told, seen_by(ben)
    assert SECRET not in seen_by(ben)
    assert await forger.strangers_rows() == before
    assert ben.troubles == []


def pressing(label: str) -> Act:
    """Press a button of the bot's last answer, or choose from its menu."""

    async def press(ben: Member) -> None:
        await ben.answer.press(label)

    return press


CARD = (
    *("Log a talk", "Write a touch", "Draft it", "All that passed", "Look them up"),
    *("Edit", "Same as somebody else …", "Archive"),
)


async def test_in_a_cards_buttons_and_menu(forger: Forger, log: io.StringIO) -> None:
    for label in CARD:
        await forger.house.ben.command("/contact list")
        await kindly_refused(forger, pressing(label))
    assert SECRET not in log.getvalue()


async def test_a_card_has_no_other_buttons(forger: Forger) -> None:
    await forger.house.ben.command("/contact list")
    card = forger.house.ben.answer
    named = [label for label in card.menu_options if label in CARD]
    assert {*card.buttons, *named} == set(CARD)


async def test_in_the_menus_of_a_story(forger: Forger) -> None:
    await forger.house.ben.command("/contact find Tom")
    await kindly_refused(forger, lambda ben: ben.answer.press("Make it my dream talk"))


TALK = ("Prepare", "Add to calendar", "Move it")


@pytest.mark.parametrize("label", TALK)
async def test_in_a_talks_buttons(forger: Forger, label: str) -> None:
    assert {*forger.house.ben.answer.buttons} == set(TALK)
    await kindly_refused(forger, pressing(label))


# Forms: how Ben comes to each, and what he fills in.
FORMS: dict[str, tuple[str, dict[str, Any]]] = {
    "Move it": ("", {}),
    "Prepare": ("", {"Questions of my own": "Why?\nHow so?\nWhat else?"}),
    "Edit": ("/contact list", {"Note": "changed"}),
    "Write a touch": ("/contact list", {"What happened?": "I asked for a talk"}),
    "Log a talk": ("/contact list", {"When?": LATER}),
    "Look them up": ("/contact list", {}),
}


async def test_in_what_a_form_carries(forger: Forger, log: io.StringIO) -> None:
    """The form was opened on a row of Ben's own; what is sent with it names another's."""
    ben = forger.house.ben
    for label, (command, filled) in FORMS.items():
        if command:
            await ben.command(command)
        await ben.answer.press(label)
        ben.modal.fill(filled)
        await kindly_refused(forger, lambda ben: ben.modal.submit())
        await ben.modal.close()
    assert SECRET not in log.getvalue()


async def test_in_an_option_of_a_form(forger: Forger) -> None:
    """The person of a talk is an option, whose value is an id."""
    ben = forger.house.ben
    await ben.command("/interview")
    await ben.modal.pick("With whom?", "Tom")
    ben.modal.fill({"When?": LATER})
    await kindly_refused(forger, lambda ben: ben.modal.submit())


async def test_in_who_introduced_somebody(forger: Forger) -> None:
    ben = forger.house.ben
    await ben.command("/contact Uma Reyes at Initech")
    await ben.modal.choose("How did you find them?", "Introduced by a contact")
    await ben.modal.pick("Introduced by", "Tom")
    await kindly_refused(forger, lambda ben: ben.modal.submit())


async def test_in_whom_to_join(forger: Forger) -> None:
    ben = forger.house.ben
    await ben.command("/contact Thomas Reed at Globex")
    await ben.modal.submit()
    await ben.command("/contact find Thomas")
    await ben.answer.press("Same as somebody else …")
    await ben.modal.pick(ben.modal.labels[0], "Tom")
    await kindly_refused(forger, lambda ben: ben.modal.submit())


async def a_question(forger: Forger) -> None:
    """Let Ben be asked how his talk went; the nudge's id is forged, too."""
    house = forger.house
    await house.later(days=1, hours=12)
    async with house.memory.unscoped() as session:
        other = select(Nudge.id).where(Nudge.member_id == forger.strangers_id)
        foreign = (await session.scalars(other.order_by(Nudge.id))).first()
        asked = select(Nudge.id).where(Nudge.kind == NudgeKind.DID_IT_TAKE_PLACE)
        [own] = await session.scalars(asked.where(Nudge.member_id != forger.strangers_id))
    assert foreign is not None
    forger.swap = {"nudge_id": (own, foreign), **forger.swap}


NUDGE = (
    *("Tell me about it", "Answer here", "It moved", "It was called off", "They didn't show"),
    *("Ask me later", "Skip", "No nudges about this person"),
)


@pytest.mark.parametrize("label", NUDGE)
async def test_in_a_nudges_buttons_and_menu(forger: Forger, log: io.StringIO, label: str) -> None:
    await a_question(forger)
    question = forger.house.ben.dms.last
    assert {*question.buttons, *question.menu_options} == set(NUDGE)
    await kindly_refused(forger, lambda ben: ben.dms.last.press(label))
    assert SECRET not in log.getvalue()


@pytest.mark.parametrize(
    ("label", "filled"),
    [
        ("Tell me about it", {"The one thing I learned": "Ask early"}),
        ("It moved", {"When?": LATER}),
    ],
)
async def test_in_what_a_nudges_form_carries(
    forger: Forger, label: str, filled: dict[str, Any]
) -> None:
    await a_question(forger)
    await forger.house.ben.dms.last.press(label)
    forger.house.ben.modal.fill(filled)
    await kindly_refused(forger, lambda ben: ben.modal.submit())


async def test_at_home(forger: Forger) -> None:
    """There is no message there to answer to."""
    await forger.house.ben.open_home()
    for label in ("Prepare", "Move it", "Add to calendar", "It was called off"):

        async def press(ben: Member, label: str = label) -> None:
            await ben.home.press(label)

        await kindly_refused(forger, press)


async def test_in_the_search_at_home(forger: Forger) -> None:
    await forger.house.ben.open_home()

    async def find(ben: Member) -> None:
        [offered] = await ben.home.type_ahead("Find someone …", "Tom")
        await ben.home.choose("Find someone …", offered)

    await kindly_refused(forger, find)
