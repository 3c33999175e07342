"""Teaches with what the member has: examples from their own list, the nearest right form."""

from typing import Any

from domain.commands import nearest
from handlers.desk import Desk
from handlers.views.commands import Example, words_of
from handlers.views.help import did_you_mean, help_message
from handlers.views.screen import Message
from storage import contacts, paths

Body = dict[str, Any]


async def own_example(desk: Desk) -> Example:
    """Give a name, a company and a path of the member's own; the usual ones where there are none.

    The latest contact with a company is taken, so that name and company belong together.
    """
    usual = Example()
    async with desk.reading() as session:
        latest = await contacts.find(session, "", limit=10)
        known_paths = await paths.names(session)
    person = next((contact for contact in latest if contact.company), latest[0] if latest else None)
    return Example(
        name=person.name if person else usual.name,
        company=person.company if person and person.company else usual.company,
        path=known_paths[0] if known_paths else usual.path,
    )


async def help_page(desk: Desk, command: str = "") -> Message:
    """The page of help with the member's own examples, or all forms of one command."""
    return help_message(
        desk.prefix, await own_example(desk), command=command, facilitates=desk.facilitates
    )


async def not_understood(
    desk: Desk,
    body: Body,
    typed: str,
    word: str = "",
    *,
    rest: str = "",
    or_add: bool = False,
) -> None:
    """Answer a command that was not understood with the nearest right form and an example."""
    command = body["command"].removeprefix(f"/{desk.prefix}")
    right = word or nearest(typed.partition(" ")[0], words_of(command))
    example = await own_example(desk)
    answer = did_you_mean(
        typed, command, right, example, prefix=desk.prefix, rest=rest, or_add=or_add
    )
    await desk.tell(answer, body["response_url"])
