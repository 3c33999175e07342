"""Finding contacts by what nearly stands there: a slip of the keys is forgiven."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.finding import best_by_words, best_matches
from storage.models import Contact

# Of each note so many characters are compared word by word: thousands of contacts stay fast.
_MOST_OF_A_NOTE = 300
_NAMES = Contact.name + " " + Contact.company + " " + Contact.tags
_WORDS = Contact.title + " " + func.substr(Contact.note, 1, _MOST_OF_A_NOTE)


async def find(
    session: AsyncSession, wanted: str, limit: int, *, without: Collection[int]
) -> list[int]:
    """Give the ids of contacts who may be meant, best first, without those that were found already.

    First by name, company and tags; then those in whose title and note, too, each word nearly
    stands.
    """
    names = {
        contact_id: said
        for contact_id, said in await session.execute(_said(_NAMES))
        if contact_id not in without
    }
    ids = best_matches(wanted, names, limit)
    if len(ids) < limit:
        found = {*ids}
        texts = {
            contact_id: f"{names[contact_id]} {said}"
            for contact_id, said in await session.execute(_said(_WORDS))
            if contact_id in names and contact_id not in found
        }
        ids += best_by_words(wanted, texts, limit - len(ids))
    return ids


@cache
def _said(what: ColumnElement[str]) -> Select[int, str]:
    """Ask for a text of each contact, the latest change first as where the words stand as typed."""
    question = select(Contact.id, what).where(Contact.archived_at.is_(None))
    return question.order_by(Contact.updated_at.desc(), Contact.id.desc())
