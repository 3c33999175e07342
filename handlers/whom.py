"""Finds whom a member means by the words after a command, and names whom a talk is with."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from domain.finding import key_of
from domain.quick_add import read_person
from handlers.views.words import listed
from storage import contacts
from storage.models import Contact, Interview


@dataclass(frozen=True)
class Whom:
    """The contact who is meant, by which of the words, and whether words are left over."""

    contact: Contact | None = None
    called: str = ""
    left_over: bool = False


async def whom(session: AsyncSession, typed: str) -> Whom:
    """Find the contact whose name the words are, or begin with.

    "Grace Hill at Beta" is nobody's Grace Hill at Acme. Of "Grace Hill half past three" the first
    two words are a name on the list, and the others are left over.
    """
    person = read_person(typed)
    found = await contacts.called(session, person.name)
    if person.company:
        same = [c for c in found if c.company_key in ("", key_of(person.company))]
        return Whom(same[0], typed) if same else Whom()
    if found:
        return Whom(found[0], typed)
    words = typed.split()
    for length in range(len(words) - 1, 0, -1):
        name = " ".join(words[:length])
        known = await contacts.by_name(session, name)
        if known:
            return Whom(known[0], name, left_over=True)
    return Whom()


def with_whom(talk: Interview) -> str:
    """Name everybody whom a talk is with; contact and guests must be loaded."""
    return listed([contact.name for contact in talk.people])


def led_to(talk: Interview, introducer_id: int | None) -> str:
    """Name those in a talk whom a contact introduced; whoever it is with where that is nobody."""
    theirs = [contact.name for contact in talk.people if contact.introduced_by_id == introducer_id]
    return listed(theirs or [talk.contact.name])
