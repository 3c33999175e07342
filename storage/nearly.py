"""Finding contacts by what nearly stands there: a slip of the keys is forgiven."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.finding import best_by_words, best_matches
from storage.models import Contact

# Of each note so many characters are compared word by word: thousands of contacts stay fast.
_MOST_OF_A_NOTE = 300
# The latest change first, as among those in whom the words stand as typed.
_QUESTION = (
    select(
        Contact.id,
        Contact.name,
        Contact.company,
        Contact.tags,
        Contact.title,
        func.substr(Contact.note, 1, _MOST_OF_A_NOTE),
    )
    .where(Contact.archived_at.is_(None))
    .order_by(Contact.updated_at.desc(), Contact.id.desc())
)


async def find(
    session: AsyncSession, wanted: str, limit: int, *, without: Collection[int]
) -> list[int]:
    """Give the ids of contacts who may be meant, best first, without those that were found already.

    First by name, company and tags; then those in whose title and note, too, each word nearly
    stands.
    """
    rows = [row for row in await session.execute(_QUESTION) if row[0] not in without]
    short = {i: f"{name} {company} {tags}" for i, name, company, tags, _, _ in rows}
    ids = best_matches(wanted, short, limit)
    if len(ids) < limit:
        others = (row for row in rows if row[0] not in ids)
        long = {i: f"{short[i]} {title} {note}" for i, _, _, _, title, note in others}
        ids += best_by_words(wanted, long, limit - len(ids))
    return ids
