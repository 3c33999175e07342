"""Contacts: added, found, changed, put away."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.lists import Which
from domain.vocabulary import HowFound, Stage, TouchKind, Vantage
from storage import contact_lists, contacts, interviews, paths, touches
from storage.errors import Gone
from storage.interviews import InterviewFields
from storage.models import Contact
from storage.sessions import Sessions
from tests.storage.people import ALMA, BRUNO, NOW, a_contact, fields, later

HOSTILE = "<!channel> <@U1> &lt; {{ 7*7 }} '; DROP TABLE contacts; -- \u202eשלום 🎉"


async def search_keys(session: AsyncSession) -> list[str]:
    """Give what each contact is found by, in the order in which they were added."""
    return list(await session.scalars(select(Contact.search_key).order_by(Contact.id)))


async def test_a_contact_is_kept_as_typed(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        introducer = await a_contact(session, "Ben Hill")
        added = await contacts.add(
            session,
            fields(
                "Ada Brook",
                company="Acme",
                title="Head of Data",
                vantage=Vantage.BOSS,
                how_found=HowFound.INTRODUCED,
                introduced_by_id=introducer.id,
                email="ada@example.org",
                profile_url="https://example.org/ada",
                path="Data analyst",
                note=HOSTILE * 40,
            ),
            NOW,
        )
    async with sessions.reading(ALMA) as session:
        found = await contacts.get(session, added.id)
    for contact in (added, found):
        assert contact.name == "Ada Brook"
        assert contact.vantage is Vantage.BOSS
        assert contact.how_found is HowFound.INTRODUCED
        assert contact.stage is Stage.IDENTIFIED
        assert contact.note == HOSTILE * 40
        assert contact.created_at == NOW
        assert contact.introduced_by is not None and contact.introduced_by.name == "Ben Hill"
        assert contact.path is not None and contact.path.name == "Data analyst"


async def test_text_that_was_not_given_is_empty(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
    assert (contact.company, contact.title, contact.email, contact.note) == ("", "", "", "")
    assert contact.path is None and contact.introduced_by is None


async def test_what_a_database_cannot_keep_is_left_out(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        contact_id = (await a_contact(session, "Ada\x00 \ud800Brook", note="\x00")).id
    async with sessions.reading(ALMA) as session:
        contact = await contacts.get(session, contact_id)
        assert await contacts.find(session, "\x00\ud800") == [contact]
        assert await contacts.by_name(session, "Ada Brook") == [contact]
    assert (contact.name, contact.note) == ("Ada Brook", "")


async def test_a_form_sent_twice_is_one_contact(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        first = await contacts.add(session, fields("Ada Brok"), NOW, form_id="V1")
    async with sessions.member(ALMA) as session:
        second = await contacts.add(session, fields("Ada Brook"), later(hours=1), form_id="V1")
        assert await contacts.count(session) == 1
    assert second.id == first.id
    assert (second.name, second.created_at, second.updated_at) == ("Ada Brook", NOW, later(hours=1))


async def test_two_members_may_send_forms_of_the_same_id(sessions: Sessions) -> None:
    for who in (ALMA, BRUNO):
        async with sessions.member(who) as session:
            await contacts.add(session, fields(), NOW, form_id="V1")
            assert await contacts.count(session) == 1


async def test_a_contact_is_changed(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        introducer = await a_contact(session, "Ben Hill")
        contact_id = (
            await a_contact(session, path="Nurse", introduced_by_id=introducer.id, note="x")
        ).id
    async with sessions.member(ALMA) as session:
        await contacts.get(session, contact_id)
        await contacts.change(session, contact_id, fields("Ada Lake", path="Baker"), later(days=1))
    async with sessions.reading(ALMA) as session:
        changed = await contacts.get(session, contact_id)
        assert await contacts.by_name(session, "ada LAKE") == [changed]
    assert (changed.name, changed.note, changed.introduced_by) == ("Ada Lake", "", None)
    assert changed.path is not None and changed.path.name == "Baker"
    assert (changed.created_at, changed.updated_at) == (NOW, later(days=1))


async def test_a_path_is_made_once_whatever_its_capital_letters(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_contact(session, "Ada", path="Data analyst")
        await a_contact(session, "Ben", path=" data ANALYST ")
        await a_contact(session, "Cem", path="baker")
        assert await paths.names(session) == ["baker", "Data analyst"]
    async with sessions.reading(BRUNO) as session:
        assert await paths.names(session) == []


@pytest.mark.parametrize("contact_id", [0, -1, 999, 2**31, 2**70])
async def test_an_id_that_is_no_row_is_gone(sessions: Sessions, contact_id: int) -> None:
    async with sessions.member(ALMA) as session:
        with pytest.raises(Gone):
            await contacts.get(session, contact_id)
        with pytest.raises(Gone):
            await contacts.add(session, fields(introduced_by_id=contact_id), NOW)


async def test_an_archived_contact_is_out_of_the_way_until_it_is_brought_back(
    sessions: Sessions,
) -> None:
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
        await contacts.archive(session, contact.id, NOW)
        assert await contact_lists.page(session, NOW) == []
        assert await contacts.find(session, "Ada") == await contacts.find(session, "Adda Brok")
        assert await contacts.by_name(session, "Ada Brook") == []
        assert (await contacts.count(session), await contacts.by_stage(session)) == (0, {})
        assert (await contacts.get(session, contact.id)).archived_at == NOW
        await contacts.bring_back(session, contact.id, later(days=1))
        assert await contact_lists.page(session, NOW) == [contact]


async def test_the_list_has_the_latest_changes_first_and_comes_in_pages(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        for hour in range(5):
            await contacts.add(session, fields(f"Person {hour}"), later(hours=hour))
        names = [
            contact.name for contact in await contact_lists.page(session, NOW, offset=1, limit=2)
        ]
        assert names == ["Person 3", "Person 2"]
        assert await contacts.count(session) == 5


async def test_contacts_are_listed_and_counted_by_stage(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        asked, _, _ = [await a_contact(session, name) for name in ("Ada", "Ben", "Cem")]
        await touches.log(session, asked.id, TouchKind.ASKED, NOW, now=NOW)
        assert await contact_lists.page(session, NOW, Which(stage=Stage.ASKED)) == [asked]
        assert await contact_lists.count(session, NOW, Which(stage=Stage.IDENTIFIED)) == 2
        assert await contacts.by_stage(session) == {Stage.IDENTIFIED: 2, Stage.ASKED: 1}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("brook", "Ada Brook"),
        ("ADA", "Ada Brook"),
        ("Ada Broko", "Ada Brook"),
        ("acme", "Ada Brook"),
        ("Akme", "Ada Brook"),
        ("head of", "Ada Brook"),
        ("conference", "Ada Brook"),
        ("ÉMILE", "Émile Øre"),
        ("ÉCOLE", "Émile Øre"),
        ("ØSTERSUND", "Émile Øre"),
        ("100%", "Per Cent"),
        ("_x_", "Under Score"),
    ],
)
async def test_contacts_are_found(sessions: Sessions, typed: str, found: str) -> None:
    async with sessions.member(ALMA) as session:
        await a_contact(
            session, "Ada Brook", company="Acme", title="Head of Data", note="Conference"
        )
        await a_contact(session, "Émile Øre", company="École", note="Moves to Östersund/Østersund")
        await a_contact(session, "Per Cent", note="gives 100% always")
        await a_contact(session, "Under Score", note="a_x_b")
        await a_contact(session, "Nobody Else", note="1000 axb")
        assert [contact.name for contact in await contacts.find(session, typed)] == [found]


async def test_what_a_contact_is_found_by_follows_each_change(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        known = {"company": "Acme", "title": "Nurse", "tags": "Berlin", "note": "Likes\n TEA"}
        contact = await a_contact(session, **known)
        assert await search_keys(session) == ["ada brook\nacme\nnurse\nberlin\nlikes tea"]
    async with sessions.member(ALMA) as session:
        await contacts.change(session, contact.id, fields("Ada Lake", title="Baker"), NOW)
    async with sessions.member(ALMA) as session:
        assert await search_keys(session) == ["ada lake\nbaker"]
        assert await contacts.find(session, "acme") == []
        assert [c.id for c in await contacts.find(session, "bake")] == [contact.id]


async def test_nothing_is_found_that_stands_in_two_fields(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session, "Uma Stone", company="Wallpaper", note="Quarry\nwork")
        assert await contacts.find(session, "quarry work") == [contact]
        assert await contacts.find(session, "ne wal") == []


async def test_of_those_who_are_equally_near_the_latest_change_comes_first(
    sessions: Sessions,
) -> None:
    """Where the slip is in a company as where it is in a note."""
    async with sessions.member(ALMA) as session:
        for name, day in (("Uma", 2), ("Ben", 3), ("Cem", 1)):
            known = fields(name, company="Acme", tags="x,y", note="Dashboards\nare theirs")
            await contacts.add(session, known, later(days=day))
        for typed in ("akme", "dashbords"):
            found = await contacts.find(session, typed)
            assert [contact.name for contact in found] == ["Ben", "Uma", "Cem"]


async def test_slips_in_notes_count_only_where_what_was_typed_stands_nowhere(
    sessions: Sessions,
) -> None:
    """Those in names always do."""
    async with sessions.member(ALMA) as session:
        await a_contact(session, "Ada Brook", note="dashboards")
        await a_contact(session, "Dashboards Ltd")
        await a_contact(session, "Dashbord Ltd")
        found = {typed: await contacts.find(session, typed) for typed in ("dashbord", "dashbards")}
        for limit in (1, 2):
            assert await contacts.find(session, "dashbards", limit) == found["dashbards"][:limit]
    assert [contact.name for contact in found["dashbord"]] == ["Dashbord Ltd", "Dashboards Ltd"]
    assert {contact.name for contact in found["dashbards"]} == {
        "Dashboards Ltd", "Dashbord Ltd", "Ada Brook",
    }  # fmt: skip


@pytest.mark.parametrize("letter", ["x", "ö", "☕"])
@pytest.mark.parametrize(("before", "found"), [(480, True), (500, False)])
async def test_of_a_long_note_the_beginning_is_looked_through_for_slips(
    sessions: Sessions, letter: str, before: int, found: bool
) -> None:
    """However many bytes its letters have; as typed a word is found anywhere."""
    async with sessions.member(ALMA) as session:
        name = await a_contact(session, "Ada", note=f"{letter * (before - 5)} dashboards")
        assert await contacts.find(session, "dashboards") == [name]
        assert await contacts.find(session, "dashbords") == ([name] if found else [])


async def test_names_that_begin_with_the_text_come_first(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_contact(session, "Ben Hill")
        await contacts.add(session, fields("Ada Benson"), later(days=1))
        assert [c.name for c in await contacts.find(session, "ben")] == ["Ben Hill", "Ada Benson"]
        assert [c.name for c in await contacts.find(session, "ben", limit=1)] == ["Ben Hill"]


async def test_an_empty_text_finds_the_most_recent(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_contact(session, "Ada")
        await contacts.add(session, fields("Ben"), later(days=1))
        assert [contact.name for contact in await contacts.find(session, " ")] == ["Ben", "Ada"]


async def test_nobody_is_introduced_by_themselves(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
        itself = fields(introduced_by_id=contact.id)
        changed = await contacts.change(session, contact.id, itself, NOW)
        assert (changed.introduced_by_id, changed.introduced_by) == (None, None)


async def test_contacts_are_listed_by_company_path_and_silence(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        ada = await a_contact(session, "Ada", company="Acme", path="Data analyst")
        ben = await a_contact(session, "Ben", company="Beta")
        await a_contact(session, "Cem")
        await touches.log(session, ada.id, TouchKind.ASKED, later(days=-61), now=NOW)
        await touches.log(session, ben.id, TouchKind.ASKED, later(days=-59), now=NOW)
        await touches.log(session, ada.id, TouchKind.NOTE, NOW, now=NOW)
        for which in (
            Which(company="ACME"),
            Which(path="data Analyst"),
            Which(silent_days=60),
        ):
            assert await contact_lists.page(session, NOW, which) == [ada]
            assert await contact_lists.count(session, NOW, which) == 1
        assert await contact_lists.page(session, NOW, Which(path="Nobody's")) == []


async def test_whom_a_contact_led_to_is_known(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        ada = await a_contact(session, "Ada")
        ben = await a_contact(session, "Ben", introduced_by_id=ada.id)
        assert await contacts.led_to(session, ada.id) == [ben]
        assert await contacts.led_to(session, ben.id) == []


async def test_how_far_each_path_is(sessions: Sessions) -> None:
    """Only talks that took place count; a path with nobody on it is not shown."""
    async with sessions.member(ALMA) as session:
        ada = await a_contact(session, "Ada", path="Data analyst")
        await a_contact(session, "Ben", path="Baker")
        await paths.called(session, "Nobody's")
        for day in (2, 3):
            talk = InterviewFields(starts_at=later(days=-day))
            held = await interviews.schedule(session, ada.id, talk, NOW)
            if day == 2:
                await interviews.took_place(session, held.id, NOW)
            else:
                await interviews.call_off(session, held.id, NOW)
        found = [(path.name, path.talks) for path in (await paths.overview(session)).explored]
        assert found == [("Data analyst", 1), ("Baker", 0)]
