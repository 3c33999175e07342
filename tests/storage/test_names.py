"""Many people at once: each once, for one path, and the same list again adds nobody."""

import pytest

from domain.name_lines import NamedPerson
from domain.vocabulary import HowFound, Stage
from storage import contacts, names
from storage.sessions import Sessions
from tests.storage.people import ALMA, NOW, a_contact

GRACE = NamedPerson("Grace Hill", "CTO", "Acme", "my cousin", HowFound.FRIEND, "grace@example.org")
TOM = NamedPerson("Tom Reed")


async def test_a_list_is_kept_as_read_and_for_its_path(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        added = await names.add_all(session, [GRACE, TOM], "Data analyst", NOW)
    async with sessions.reading(ALMA) as session:
        grace = await contacts.get(session, added[0].id)
    assert (grace.name, grace.title, grace.company) == ("Grace Hill", "CTO", "Acme")
    assert (grace.note, grace.how_found, grace.email) == (
        "my cousin",
        HowFound.FRIEND,
        "grace@example.org",
    )
    assert grace.stage is Stage.IDENTIFIED and grace.created_at == NOW
    assert grace.path is not None and grace.path.name == "Data analyst"


async def test_the_same_list_again_adds_nobody(sessions: Sessions) -> None:
    """Also in other capital letters, and with a company where none was said before."""
    async with sessions.member(ALMA) as session:
        await names.add_all(session, [GRACE, TOM], "", NOW)
        again = [NamedPerson("GRACE HILL", company="acme"), NamedPerson("Tom Reed", company="Cask")]
        assert await names.add_all(session, again, "", NOW) == []
        assert await contacts.count(session) == 2


@pytest.mark.parametrize(("company", "is_known"), [("Acme", True), ("", True), ("Beta", False)])
async def test_who_is_known_has_the_same_company_or_none_is_said(
    sessions: Sessions, company: str, is_known: bool
) -> None:
    person = NamedPerson("Ada Brook", company=company)
    async with sessions.member(ALMA) as session:
        await a_contact(session, "Ada Brook", company="Acme")
        assert (person in await names.known(session, [person])) is is_known


async def test_whoever_was_archived_is_known_all_the_same(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        ada = await a_contact(session)
        await contacts.archive(session, ada.id, NOW)
        assert await names.add_all(session, [NamedPerson("Ada Brook")], "", NOW) == []


async def test_how_many_names_to_start_from_is_the_members_own_wish(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        assert await names.wanted(session) == 25
        await names.want(session, 40)
    async with sessions.reading(ALMA) as session:
        assert await names.wanted(session) == 40
