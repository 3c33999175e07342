"""Finding contacts by what nearly stands there: a slip of the keys is forgiven."""

from collections.abc import Callable, Collection
from functools import cache

from sqlalchemy import ColumnElement, Select, String, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.finding import BETWEEN, Lines, best_by_words, best_matches
from storage.models import Contact
from storage.texts import octets

# Of each contact so many characters are compared word by word: thousands stay fast.
_MOST_OF_A_TEXT = 500
_NAMES = Contact.name_key + " " + Contact.company_key + func.replace(Contact.tags_key, ",", " ")
# Both databases look for the place of a character one by one, for which few texts are long enough.
_WORDS = case(
    (octets(Contact.search_key) <= _MOST_OF_A_TEXT, Contact.search_key),
    else_=func.substr(Contact.search_key, 1, _MOST_OF_A_TEXT),
)


async def find(
    session: AsyncSession, wanted: str, limit: int, *, without: Collection[int]
) -> list[int]:
    """Give the ids of contacts who may be meant, best first, without those that were found already.

    First by name, company and tags; then those in whose title and note, too, each word nearly
    stands. These only where nobody was found already: beside who is meant they would puzzle.
    """
    looked_at = (_NAMES,) if without else (_NAMES, _WORDS)
    people, names, *words = (await session.execute(_said(*looked_at))).one()
    if people is None or names is None:
        return []
    of_line = people.split(",")
    found = _meant(wanted, of_line, names, best_matches)
    ids = [each for each in found if each not in without][:limit]
    texts = words[0] if words else None
    if texts and len(ids) < limit:
        found = _meant(wanted, of_line, texts, best_by_words)
        ids += [each for each in found if each not in ids][: limit - len(ids)]
    return ids


def _meant(
    wanted: str,
    of_line: list[str],
    texts: str,
    looked_through: Callable[[str, Lines], list[int]],
) -> list[int]:
    there = Lines(texts)
    if len(there.lines) != len(of_line):
        raise ValueError("a text came apart: others would be found under the wrong name")
    return [int(of_line[line]) for line in looked_through(wanted, there)]


@cache
def _said(*looked_at: ColumnElement[str]) -> Select[*tuple[str | None, ...]]:
    """Ask for texts of each contact, the latest change first as where the words stand as typed.

    All come as one row, ids and texts: thousands of rows take longer than what is in them.
    """
    labelled = [what.label(f"said_{place}") for place, what in enumerate(looked_at)]
    each = select(cast(Contact.id, String).label("id"), *labelled)
    each = each.where(Contact.archived_at.is_(None))
    one_by_one = each.order_by(Contact.updated_at.desc(), Contact.id.desc()).subquery()
    ids, *texts = one_by_one.c
    return select(
        func.aggregate_strings(ids, ","),
        *(func.aggregate_strings(text, BETWEEN) for text in texts),
    )
