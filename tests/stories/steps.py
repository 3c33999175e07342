"""Steps that many stories begin with."""

from datetime import datetime

from sandbox.driver import Member


async def add_contact(member: Member, typed: str) -> None:
    """Save a contact from what is typed after the command."""
    await member.command(f"/contact {typed}")
    await member.modal.submit()


async def plan_talk(member: Member, name: str, when: str) -> None:
    """Plan a talk with a contact who is on the list already."""
    await member.command(f"/interview {name} {when}")
    await member.modal.submit()


async def log_past_talk(member: Member, name: str, at: datetime, takeaway: str) -> None:
    """Log a talk that is over, and its debrief with nothing but the takeaway."""
    await member.command(f"/interview {name}")
    member.modal.fill({"When?": at})
    await member.modal.submit()
    member.modal.fill({"The one thing I learned": takeaway})
    await member.modal.submit()
    await member.modal.submit()
