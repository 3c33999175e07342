"""Answers follow the messages in which they stand, and what else was done with them stays."""

from datetime import timedelta

from sqlalchemy import select

from domain.debrief_replies import ProblemKind
from domain.vocabulary import DebriefQuestion as Q
from domain.vocabulary import InterviewStatus, Picture, TouchKind
from storage import contacts, debrief_answers, debriefs, dialogue_replies, dialogues, interviews
from storage import touches as touch_verbs
from storage.debriefs import FirstPage
from storage.dialogue_replies import Reply
from storage.interviews import InterviewFields
from storage.models import Debrief
from storage.sessions import Sessions
from tests.storage.people import ALMA, NOW, a_talk, later


def reply(ts: str, text: str) -> Reply:
    return Reply(ts, text, "UTC")


async def test_an_answer_in_two_messages_is_read_from_both(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        await dialogues.begin(session, talk.id, NOW)
        await dialogues.posted(session, talk.id, Q.TAKEAWAY, "D1", "1.0")
        await dialogue_replies.take(session, reply("3.0", "and late"), NOW)
        # Slack delivered the first one last; the next question is still on its way.
        taken = await dialogue_replies.take(session, reply("2.0", "Ask early"), NOW)
        assert taken is not None and taken.added and not taken.asks
        again = await dialogue_replies.take(session, reply("2.0", "Ask early"), NOW)
        assert again is not None and again.repeated
        too_long = await dialogue_replies.take(session, reply("4.0", "x" * 3000), NOW)
        assert too_long is not None and too_long.problems[0].kind == ProblemKind.TOO_LONG
        answered = await debrief_answers.of_interview(session, talk.id)
        assert answered == {Q.TAKEAWAY: "Ask early\nand late"}
        await dialogue_replies.edited(session, reply("2.0", "Ask me"), NOW)
        await dialogue_replies.deleted(session, reply("3.0", ""), NOW)
        answered = await debrief_answers.of_interview(session, talk.id)
        assert answered == {Q.TAKEAWAY: "Ask me"}
        await dialogue_replies.deleted(session, reply("2.0", ""), NOW)
        assert await session.scalar(select(Debrief)) is None


async def test_what_the_form_or_a_button_changed_no_longer_follows_a_message(
    sessions: Sessions,
) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        await dialogues.begin(session, talk.id, NOW)
        await dialogues.posted(session, talk.id, Q.TAKEAWAY, "D1", "1.0")
        said = "Ask early\npicture: yes\nlikes: tea"
        await dialogue_replies.take(session, reply("2.0", said), NOW)
        await dialogues.choose(session, talk.id, Q.PICTURE, Picture.NO, NOW)
        page = FirstPage("Ask late", Picture.NO, "tea")
        await debriefs.save_first(session, talk.id, page, NOW)
        await dialogue_replies.edited(
            session, reply("2.0", "Ask\npicture: not sure\nlikes: coffee"), NOW
        )
        answered = await debrief_answers.of_interview(session, talk.id)
    assert answered == {Q.TAKEAWAY: "Ask late", Q.PICTURE: Picture.NO, Q.LIKES: "coffee"}


async def test_who_was_named_stays_once_there_is_more_to_them(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        await dialogues.begin(session, talk.id, NOW)
        await dialogues.posted(session, talk.id, Q.TAKEAWAY, "D1", "1.0")
        await dialogue_replies.take(session, reply("2.0", "who else: Ben Hill\nCem Kaya"), NOW)
        [ben] = await contacts.by_name(session, "Ben Hill")
        assert ben.introduced_by_id == talk.contact_id
        await touch_verbs.log(session, ben.id, TouchKind.ASKED, NOW, now=NOW)
        await dialogue_replies.deleted(session, reply("2.0", ""), NOW)
        assert await contacts.by_name(session, "Ben Hill") == [ben]
        assert await contacts.by_name(session, "Cem Kaya") == []


async def test_of_a_talk_that_was_moved_nothing_is_asked(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        await dialogues.begin(session, talk.id, NOW)
        moved = InterviewFields(NOW + timedelta(days=3))
        await interviews.change(session, talk.id, moved, NOW)
        assert await dialogue_replies.take(session, reply("2.0", "Hello"), NOW) is None
        assert await dialogues.unfinished(session, NOW) == []
        # Somebody else's debrief can begin all the same.
        other = await a_talk(session, later(hours=-2), "Other")
        assert await dialogues.begin(session, other.id, NOW) == talk.id
        assert (await interviews.get(session, other.id)).status == InterviewStatus.TOOK_PLACE
