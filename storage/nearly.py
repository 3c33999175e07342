"""Finding contacts by what nearly stands there: a slip of the keys is forgiven."""

from collections.abc import Callable, Collection
from functools import cache

from sqlalchemy import ColumnElement, Select, String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.finding import Lines, best_by_words, best_matches
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
    stands. These only where nobody was found already: beside who is meant they would puzzle.
    """
    found = await _found(session, _NAMES, wanted, best_matches)
    ids = [each for each in found if each not in without][:limit]
    if len(ids) < limit and not without:
        found = await _found(session, _WORDS, wanted, best_by_words)
        ids += [each for each in found if each not in ids][: limit - len(ids)]
    return ids


async def _found(
    session: AsyncSession,
    what: ColumnElement[str],
    wanted: str,
    looked_through: Callable[[str, Lines], list[int]],
) -> list[int]:
    ids, texts = (await session.execute(_said(what))).one()
    if ids is None or texts is None:
        return []
    there = Lines(texts)
    # A text of two lines would put others under the wrong name.
    by_line = dict(zip(range(len(there.lines)), ids.split(","), strict=True))
    return [int(by_line[line]) for line in looked_through(wanted, there)]


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
