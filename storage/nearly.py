"""Finding contacts by what nearly stands there: a slip of the keys is forgiven."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import ColumnElement, Select, String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.finding import best_by_words, best_matches
from storage.models import Contact

# Of each contact so many characters are compared word by word: thousands stay fast.
_MOST_OF_A_TEXT = 500
_NAMES = Contact.name_key + " " + Contact.company_key + func.replace(Contact.tags_key, ",", " ")
_WORDS = func.replace(func.substr(Contact.search_key, 1, _MOST_OF_A_TEXT), "\n", " ")


async def find(
    session: AsyncSession, wanted: str, limit: int, *, without: Collection[int]
) -> list[int]:
    """Give the ids of contacts who may be meant, best first, without those that were found already.

    First by name, company and tags; then those in whose title and note, too, each word nearly
    stands.
    """
    names = await _texts(session, _NAMES, without)
    ids = best_matches(wanted, names, limit)
    if len(ids) < limit:
        texts = await _texts(session, _WORDS, {*without, *ids})
        ids += best_by_words(wanted, texts, limit - len(ids))
    return ids


async def _texts(
    session: AsyncSession, what: ColumnElement[str], without: Collection[int]
) -> dict[int, str]:
    ids, texts = (await session.execute(_said(what))).one()
    if ids is None or texts is None:
        return {}
    said = zip(map(int, ids.split(",")), texts.split("\n"), strict=True)
    return {contact_id: text for contact_id, text in said if contact_id not in without}


@cache
def _said(what: ColumnElement[str]) -> Select[str | None, str | None]:
    """Ask for a text of each contact, the latest change first as where the words stand as typed.

    All come as one row, ids and texts: thousands of rows take longer than what is in them.
    """
    each = select(cast(Contact.id, String).label("id"), what.label("said"))
    each = each.where(Contact.archived_at.is_(None))
    one_by_one = each.order_by(Contact.updated_at.desc(), Contact.id.desc()).subquery()
    return select(
        func.aggregate_strings(one_by_one.c.id, ","),
        func.aggregate_strings(one_by_one.c.said, "\n"),
    )
