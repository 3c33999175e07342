"""Whatever members type is shown back as they typed it, and pings nobody."""

import pytest

from sandbox.driver import Member, Message
from tests.stories.conftest import House

HOSTILE = [
    "<!channel> <!here> <!everyone>",
    "<@U0BENOKAFOR> <#C0GENERAL> @channel",
    "&lt;script&gt; &amp;amp; <script>alert(1)</script>",
    "<https://example.org|innocent> http://example.org",
    "Zoë 🧑🏽‍🔬 :smile: 張偉",
    "שלום \u202eדלתא",
    "'; DROP TABLE contacts; -- \" \\ %s %(x)s",
    "{{ 7 * 7 }} {% raw %} ${jndi:x} <%= 1 %>",
    "*bold* _it_ ~gone~ `code` ```block``` > quote",
    "=HYPERLINK(1) +1 -1 @SUM(1)",
]
LONG = "A very long story about work. " * 100


def pings_nobody(message: Message) -> bool:
    """Nobody is notified by name or as a crowd."""
    return not message.notifies


def shown(member: Member) -> list[Message]:
    """All that the bot has said to a member."""
    return [*member.answers, *member.dms]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_comes_back_as_typed_and_pings_nobody(house: House, text: str) -> None:
    ada = house.ada
    await ada.command("/contact")
    fields = dict.fromkeys(("Name", "Company", "Title", "Path", "Note"), text)
    ada.modal.fill(fields)
    await ada.modal.submit()
    await ada.command("/contact list")
    assert text in ada.answer.text
    await ada.answer.choose("Edit")
    values = ada.modal.values
    assert {label: values[label] for label in ("Name", "Company", "Title", "Note")} == {
        label: text for label in ("Name", "Company", "Title", "Note")
    }
    await ada.modal.close()

    await ada.answer.press("Log a talk")
    ada.modal.fill(
        {
            "When?": house.now.replace(hour=15),
            "Where, or which link?": text,
            "What do I want to learn?": text,
        }
    )
    await ada.modal.submit()
    assert text in ada.home.text
    await house.later(hours=8)
    assert text in ada.dms.last.text
    await ada.dms.last.press("Tell me about it")
    ada.modal.fill({"The one thing I learned": text, "What they like about the work": text})
    await ada.modal.submit()
    ada.modal.fill({"I promised": text, "Who else should I talk to?": text})
    await ada.modal.submit()
    await ada.command(f"/contact find {text}")
    await ada.command(f"/rapport {text}")
    await house.later(days=1)
    await ada.open_home()
    assert shown(ada)
    assert all(pings_nobody(message) for message in shown(ada))


@pytest.mark.parametrize("text", [HOSTILE[0], HOSTILE[2], HOSTILE[8]])
async def test_hostile_words_before_a_talk_are_shown_as_typed(house: House, text: str) -> None:
    ada = house.ada
    await ada.command("/contact")
    ada.modal.fill({"Name": text})
    await ada.modal.submit()
    await ada.answer.choose("Look them up")
    ada.modal.fill({"Their company, in a line": text})
    await ada.modal.submit()
    await ada.answer.press("Log a talk")
    ada.modal.fill({"When?": house.now.replace(day=25, hour=15)})
    await ada.modal.submit()
    planned = ada.answer
    await planned.press("Add to calendar")
    assert text in ada.dms.last.text
    await planned.press("Prepare")
    ada.modal.fill({"Questions of my own": f"{text}\nOne?\nTwo?", "I believe that …": text})
    await ada.modal.submit()
    assert f"1. {text}" in ada.modal.text
    await ada.modal.close()
    await house.later(days=1)
    assert ada.dms.last.text.count(text) == 4
    await house.later(days=1, hours=8)
    question = next(message for message in ada.dms if "How did it go?" in message.text)
    await question.press("Tell me about it")
    ada.modal.fill({"The one thing I learned": text})
    await ada.modal.submit()
    await ada.modal.submit()
    assert f"1. {text}" in ada.modal.labels
    await ada.modal.submit()
    assert all(pings_nobody(message) for message in shown(ada))


async def test_three_thousand_characters_fit_where_a_story_is_asked_for(house: House) -> None:
    ada = house.ada
    await ada.command("/contact Grace Hill")
    ada.modal.fill({"Note": LONG})
    await ada.modal.submit()
    await ada.command("/contact list")
    await ada.answer.choose("Edit")
    assert ada.modal.values["Note"] == LONG.strip()


async def test_a_command_typed_with_a_mention_names_the_person_and_pings_nobody(
    house: House,
) -> None:
    await house.ada.command("/contact @Ben Okafor, CTO at Acme")
    assert house.ada.modal.values["Name"] == "Ben Okafor"
    await house.ada.modal.submit()
    assert all(pings_nobody(message) for message in shown(house.ada))
