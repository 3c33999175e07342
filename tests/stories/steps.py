"""Steps that many stories begin with."""

from datetime import UTC, date, datetime

from sandbox.driver import Member


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment by London's clock in winter, which is UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def said(member: Member, words: str) -> int:
    """Count the direct messages in which these words stand."""
    return sum(words in text for text in member.dms.texts)


async def add_contact(member: Member, typed: str) -> None:
    """Save a contact from what is typed after the command."""
    await member.command(f"/contact {typed}")
    await member.modal.submit()


async def plan_talk(member: Member, name: str, when: str) -> None:
    """Plan a talk with a contact who is on the list already."""
    await member.command(f"/interview {name} {when}")
    await member.modal.submit()


async def plan_first_talk(member: Member, typed: str, when: str) -> None:
    """Save a contact, NAME or NAME at COMPANY, and plan a talk with them."""
    await add_contact(member, typed)
    await plan_talk(member, typed.partition(" at ")[0], when)


async def log_past_talk(member: Member, name: str, at: datetime, takeaway: str) -> None:
    """Log a talk that is over, and its debrief with nothing but the takeaway."""
    await member.command(f"/interview {name}")
    member.modal.fill({"When?": at})
    await member.modal.submit()
    member.modal.fill({"The one thing I learned": takeaway})
    await member.modal.submit()
    await member.modal.submit()


async def write_touch(member: Member, name: str, what: str) -> None:
    """Log what passed between the member and a contact."""
    await member.command(f"/contact find {name}")
    await member.answer.press("Write a touch")
    member.modal.fill({"What happened?": what})
    await member.modal.submit()


async def ask(member: Member, typed: str) -> None:
    """Save a contact, NAME at COMPANY, and log that they were asked for a talk."""
    await add_contact(member, typed)
    await write_touch(member, typed.partition(" at ")[0], "I asked for a talk")


async def prepare(member: Member, *own: str) -> None:
    """Fill the open form with three questions of the bank, and own ones; then close the plan."""
    picked = [
        "What does a bad week look like?",
        "Which decision on the way here changed the most?",
        "What should I have asked that I didn't?",
    ]
    member.modal.fill({"Questions to ask": picked, "Questions of my own": "\n".join(own)})
    await member.modal.submit()
    await member.modal.close()
