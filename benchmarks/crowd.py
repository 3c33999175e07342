"""Made-up members and contacts by the million, loaded past the memory.

Ids are chosen so that they tell: the touch and the nudge about a contact bear the contact's id.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.raw import Raw
from storage.sessions import MemberKey

# A Monday: nine o'clock in London, where everybody lives here.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
# Seven business days before, so that the one follow-up is due.
ASKED = datetime(2026, 11, 12, 10, 0, tzinfo=UTC)
TEAM = "T00001"

_KNOWN = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
_FIRST, _LAST, _WORK, _WORDS = (_KNOWN[kind].split() for kind in ("first", "last", "work", "words"))
_TITLES = ["Data analyst", "Product manager", "Team lead", "Nurse", "Teacher", "Designer"]
_STAGES = ["identified", "asked", "researched", "asked", "replied", "asked", "talked", "thanked"]


@dataclass(frozen=True)
class Crowd:
    """So many members with so many contacts in all; `special` have a number of their own each.

    The special ones come last: the first of them is member `members + 1`.
    """

    members: int
    contacts: int
    special: Sequence[int] = ()
    # When all nudges are due; on the days to come if that is None.
    nudges_due: datetime | None = None

    def member(self, place: int) -> int:
        """Give the id of the special member at this place."""
        return self.members + 1 + place

    def key(self, member_id: int) -> MemberKey:
        """Say who a member is to Slack."""
        return MemberKey(TEAM, user_id(member_id))

    def first_contact(self, place: int) -> int:
        """Give the id of the first contact of the special member at this place."""
        return self.contacts - sum(self.special[place:]) + 1

    async def fill(self, url: str) -> None:
        """Load them into a migrated database."""
        raw = Raw(url)
        await raw.run(self._statements(raw))

    def _statements(self, raw: Raw) -> Iterator[str]:
        yield from members_statements(raw, self.members + len(self.special))
        others = self.contacts - sum(self.special)
        yield from _contacts(raw, 1, others, f"(i % {self.members}) + 1")
        for place, number in enumerate(self.special):
            first, owner = self.first_contact(place), str(self.member(place))
            yield f"INSERT INTO paths (id, member_id, name) VALUES ({place + 1}, {owner}, 'Data')"
            yield from _contacts(raw, first, first + number - 1, owner, path=str(place + 1))
        everybody = f"FROM contacts WHERE id BETWEEN 1 AND {self.contacts}"
        yield (
            "INSERT INTO touches (id, member_id, contact_id, kind, at, note, created_at)"
            f" SELECT id, member_id, id, 'asked', {raw.moment(ASKED)}, '', {raw.moment(ASKED)}"
            f" {everybody}"
        )
        due = raw.after(NOW + timedelta(days=1), "id % 2000000")
        if self.nudges_due is not None:
            due = raw.moment(self.nudges_due)
        yield nudges_statement(raw, due, everybody)
        yield from settled(raw)


def user_id(member_id: int) -> str:
    """Give the member's id in Slack."""
    return f"U{member_id:07d}"


def members_statements(raw: Raw, number: int, *, dms: bool = True) -> Iterator[str]:
    """Add a workspace and so many members; all their numbers and hours are the usual ones."""
    yield f"INSERT INTO workspaces (id, team_id) VALUES (1, '{TEAM}')"
    padded = "substr('000000' || i, -7)" if raw.is_sqlite else "lpad(i::text, 7, '0')"
    dm = f"'D' || {padded}" if dms else "NULL"
    yield (
        "INSERT INTO members (id, workspace_id, slack_user_id, zone, slack_zone, dm_channel_id,"
        f" welcomed_at) SELECT i, 1, 'U' || {padded}, 'Europe/London', 'Europe/London', {dm},"
        f" {raw.moment(ASKED)} FROM {raw.numbers(1, number)}"
    )


def nudges_statement(raw: Raw, due: str, whom: str) -> str:
    """Add a pending follow-up about each contact, due at a moment (SQL) and for a month."""
    until, known = raw.moment(NOW + timedelta(days=60)), raw.moment(ASKED)
    return (
        "INSERT INTO nudges (id, member_id, kind, key, round, contact_id, alone, due_at,"
        " makes_sense_until, status, attempts, later_alone, created_at, updated_at)"
        f" SELECT id, member_id, 'follow_up', 'follow_up:' || id || ':' || id, 0, id, false, {due},"
        f" {until}, 'pending', 0, false, {known}, {known} {whom}"
    )


def settled(raw: Raw) -> Iterator[str]:
    """Leave a PostgreSQL as its own housekeeping would within minutes; SQLite has none."""
    if raw.is_sqlite:
        return
    tables = ("workspaces", "members", "paths", "contacts", "touches", "nudges")
    for table in tables:
        sequence = f"pg_get_serial_sequence('{table}', 'id')"
        yield f"SELECT setval({sequence}, (SELECT coalesce(max(id), 1) FROM {table}))"
    yield from raw.tidy(*tables)


def _contacts(
    raw: Raw, first: int, last: int, owner: str, path: str = "CAST(NULL AS INTEGER)"
) -> Iterator[str]:
    if last < first:
        return
    name = f"{_one_of(_FIRST, 'i')} || ' ' || {_one_of(_LAST, f'i / {len(_FIRST)}')}"
    company = f"{_one_of(_WORK, 'i / 7')} || ' ' || {_one_of(_WORK, 'i / 3')}"
    note = " || ' ' || ".join(_one_of(_WORDS, f"i / {step} + {step}") for step in range(1, 16))
    vantage = "CASE i % 3 WHEN 0 THEN 'peer' WHEN 1 THEN 'senior' END"
    updated = raw.after(ASKED, "i % 900000")
    yield (
        "INSERT INTO contacts (id, member_id, name, name_key, company, company_key, title, email,"
        " profile_url, note, search_key, stage, vantage, path_id, created_at, updated_at)"
        f" SELECT i, {owner}, name, lower(name), company, lower(company), title, '', '', note,"
        f" {_folded('name', 'company', 'title', 'note')}, stage, vantage, path_id, known, updated"
        " FROM ("
        f"SELECT i, {name} AS name, {company} AS company, {_one_of(_TITLES, 'i')} AS title,"
        f" {note} AS note, {_one_of(_STAGES, 'i')} AS stage, {vantage} AS vantage,"
        f" {path} AS path_id, {raw.moment(ASKED)} AS known, {updated} AS updated"
        f" FROM {raw.numbers(first, last)}) AS made"
    )


def _folded(*columns: str) -> str:
    between = f" || '{chr(10)}' || "
    return f"lower({between.join(columns)})"


def _one_of(words: Sequence[str], which: str) -> str:
    cases = " ".join(f"WHEN {place} THEN '{word}'" for place, word in enumerate(words))
    return f"CASE ({which}) % {len(words)} {cases} END"
