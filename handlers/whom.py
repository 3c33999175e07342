"""Finds whom a member means by the words after a command."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from domain.finding import key_of
from domain.quick_add import read_person
from storage import contacts
from storage.models import Contact


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
