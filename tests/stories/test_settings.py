"""Settings: what a member wishes is kept, and all that is planned follows at once."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from tests.stories.conftest import House
from tests.stories.steps import add_contact, log_past_talk, said

WEDNESDAY = date(2026, 11, 25)
THANKSGIVING = date(2026, 11, 26)
NUMBERS = "Numbers and kinds"


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment in London, which is UTC in November."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


async def promise_due_on(house: House, day: date) -> None:
    """Have Ada promise Grace something for a day, after a talk on Sunday that was thanked for."""
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await ada.command("/interview Grace Hill")
    ada.modal.fill({"When?": datetime(2026, 11, 22, 14, 0, tzinfo=UTC)})
    await ada.modal.submit()
    ada.modal.fill({"The one thing I learned": "Ask early"})
    await ada.modal.submit()
    ada.modal.fill(
        {"I promised": "My notes", "By when?": day, "Thank-you": ["I have thanked them"]}
    )
    await ada.modal.submit()


async def change(house: House, values: Mapping[str, object]) -> None:
    """Change what these labels name on the first page of the settings."""
    await house.ada.command("/rapport settings")
    house.ada.modal.fill(values)
    await house.ada.modal.submit()
    assert not house.ada.has_modal
    assert house.ada.answer.text.startswith("Saved.")


def promises(house: House) -> int:
    return sum("You promised Grace Hill" in text for text in house.ada.dms.texts)


async def test_the_digest_comes_at_the_hour_that_was_chosen(house: House) -> None:
    await promise_due_on(house, WEDNESDAY)
    await change(house, {"At what time?": "11:00"})
    await house.until(at(WEDNESDAY, 10, 59))
    assert promises(house) == 0
    await house.until(at(WEDNESDAY, 11))
    assert promises(house) == 1


async def test_free_days_are_those_that_are_not_ticked(house: House) -> None:
    await promise_due_on(house, WEDNESDAY)
    await change(house, {"On which days?": ["Monday", "Saturday"]})
    await house.until(at(date(2026, 11, 28), 8, 59))
    assert promises(house) == 0
    await house.until(at(date(2026, 11, 28), 9))
    assert promises(house) == 1


async def test_a_thank_you_that_new_free_days_have_overtaken_waits_for_the_digest(
    house: House,
) -> None:
    """By the new days it should have come on Friday: on Saturday it is too late to come alone."""
    await change(house, {"On which days?": ["Friday", "Saturday", "Monday"]})
    await house.until(at(date(2026, 11, 27), 14))
    await log_past_talk(house.ada, "Grace Hill", at(date(2026, 11, 27), 12), "Ask early")
    await house.until(at(date(2026, 11, 28), 8, 30))
    await change(house, {"On which days?": ["Friday", "Monday"]})
    await house.until(at(date(2026, 11, 29), 20))
    assert said(house.ada, "you talked") == 0
    await house.until(at(date(2026, 11, 30), 9))
    assert said(house.ada, "you talked") == 1


async def test_who_wants_no_digest_is_not_written_to_about_thanks_either(house: House) -> None:
    """On a Friday evening a thank-you nudge would have to come on its own to be in time."""
    await change(house, {"Digest": "None: I look at the Home tab"})
    await house.until(at(date(2026, 11, 27), 14))
    await log_past_talk(house.ada, "Grace Hill", at(date(2026, 11, 27), 12), "Ask early")
    for evening in (date(2026, 11, 27), date(2026, 12, 2)):
        await house.until(at(evening, 18, 30))
    assert len(house.ada.dms) == 0
    await house.ada.open_home()
    assert "Grace Hill" in house.ada.home.text


async def test_a_digest_in_quiet_hours_waits_for_their_end(house: House) -> None:
    await promise_due_on(house, WEDNESDAY)
    await change(house, {"Quiet from": "18:00", "Quiet until": "10:00"})
    await house.until(at(WEDNESDAY, 9, 59))
    assert promises(house) == 0
    await house.until(at(WEDNESDAY, 10))
    assert promises(house) == 1


async def test_another_zone_is_found_by_city_or_country_and_moves_the_digest(
    house: House,
) -> None:
    await promise_due_on(house, WEDNESDAY)
    await house.ada.command("/rapport settings")
    assert house.ada.modal.values["Time zone"] == "Europe/London"
    offered = await house.ada.modal.type_ahead("Time zone", "")
    assert offered[0] == "Europe/London"
    assert (await house.ada.modal.type_ahead("Time zone", "japan"))[0] == "Asia/Tokyo"
    await house.ada.modal.pick("Time zone", "new york", "America/New York")
    await house.ada.modal.submit()
    await house.until(at(WEDNESDAY, 13, 59))
    assert promises(house) == 0
    await house.until(at(WEDNESDAY, 14))
    assert promises(house) == 1


async def test_a_weekly_digest_comes_on_the_review_day(house: House) -> None:
    await promise_due_on(house, WEDNESDAY)
    weekly = {"Digest": "Weekly, on the review day", "Review of the week": "Thursday"}
    await change(house, weekly)
    await house.until(at(THANKSGIVING, 8, 59))
    assert promises(house) == 0
    await house.until(at(THANKSGIVING, 9))
    assert promises(house) == 1


async def test_without_a_digest_what_is_due_waits_in_home(house: House) -> None:
    await promise_due_on(house, WEDNESDAY)
    await change(house, {"Digest": "None: I look at the Home tab"})
    assert "No more digests" in house.ada.answer.text
    await house.until(at(THANKSGIVING, 12))
    assert len(house.ada.dms) == 0
    await house.ada.open_home()
    assert "You promised Grace Hill" in house.ada.home.text


async def test_a_public_holiday_of_the_chosen_country_is_a_free_day(house: House) -> None:
    await promise_due_on(house, THANKSGIVING)
    await house.ada.command("/rapport settings")
    assert house.ada.modal.values["Public holidays of"] == "United Kingdom"
    await house.ada.modal.pick("Public holidays of", "united st", "United States")
    await house.ada.modal.submit()
    await house.until(at(THANKSGIVING, 12))
    assert promises(house) == 0
    await house.until(at(date(2026, 11, 27), 9))
    assert promises(house) == 1


async def test_who_wants_no_public_holidays_picks_none(house: House) -> None:
    await house.ada.command("/rapport settings")
    await house.ada.modal.pick("Public holidays of", "no such place", "None")
    await house.ada.modal.submit()
    await house.ada.command("/rapport settings")
    assert house.ada.modal.values["Public holidays of"] == "None"


async def test_a_kind_that_is_not_wanted_never_comes_and_comes_back(house: House) -> None:
    ada = house.ada
    await promise_due_on(house, WEDNESDAY)
    await ada.command("/rapport settings")
    await ada.modal.press(NUMBERS)
    kinds = ada.modal.values["Thanks and promises"]
    wanted = [kind for kind in kinds if kind != "What I promised, on its day"]
    assert len(wanted) == len(kinds) - 1
    ada.modal.fill({"Thanks and promises": wanted})
    await ada.modal.submit()
    await house.until(at(WEDNESDAY, 12))
    assert promises(house) == 0
    assert "promised" not in ada.home.text
    await ada.command("/rapport settings")
    await ada.modal.press(NUMBERS)
    assert ada.modal.values["Thanks and promises"] == wanted
    ada.modal.fill({"Thanks and promises": kinds})
    await ada.modal.submit()
    await house.until(at(THANKSGIVING, 9))
    assert promises(house) == 1


async def test_numbers_outside_their_limits_are_refused_kindly_and_all_is_kept(
    house: House,
) -> None:
    ada = house.ada
    await ada.command("/rapport settings")
    ada.modal.fill({"At what time?": "10:00"})
    await ada.modal.press(NUMBERS)
    typed = {"Follow-ups to silence, at most": "4", "No answer: suggest a follow-up after": "14"}
    ada.modal.fill(typed)
    await ada.modal.submit()
    label = "Follow-ups to silence, at most"
    said = "A whole number from 0 to 1, please. 1 is usual. More would be pestering."
    assert ada.modal.errors == {label: said}
    assert {name: ada.modal.values[name] for name in typed} == typed
    ada.modal.fill({label: "-1"})
    await ada.modal.submit()
    assert ada.modal.errors == {label: said}
    ada.modal.fill({label: "0"})
    await ada.modal.submit()
    # The first page shows again, as it was filled in, and is saved by itself.
    assert ada.modal.title == "Settings"
    assert ada.modal.values["At what time?"] == "10:00"
    await ada.modal.submit()
    await ada.command("/rapport settings")
    assert ada.modal.values["At what time?"] == "10:00"
    await ada.modal.press(NUMBERS)
    assert ada.modal.values[label] == "0"
    assert ada.modal.values["No answer: suggest a follow-up after"] == "14"


async def test_a_number_changes_what_is_planned(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await ada.command("/contact find Grace")
    await ada.answer.press("Write a touch")
    ada.modal.fill({"What happened?": "I asked for a talk"})
    await ada.modal.submit()
    await ada.command("/rapport settings")
    await ada.modal.press(NUMBERS)
    ada.modal.fill({"No answer: suggest a follow-up after": "3"})
    await ada.modal.submit()
    await house.until(at(THANKSGIVING, 9))
    assert "One polite follow-up is fine now" in ada.dms.last.text


async def test_the_hours_are_the_members_own(house: House) -> None:
    await change(house, {"At what time?": "11:00"})
    await house.ben.command("/rapport settings")
    assert house.ben.modal.values["At what time?"] == "09:00"
    assert house.ben.modal.values["Time zone"] == "America/New York"
    assert house.ben.modal.values["Public holidays of"] == "United States"


async def test_settings_open_from_home_and_say_nothing_in_the_dm(house: House) -> None:
    await house.ada.open_home()
    before = len(house.ada.dms)
    await house.ada.home.press("Settings")
    house.ada.modal.fill({"At what time?": "10:00"})
    await house.ada.modal.submit()
    assert len(house.ada.dms) == before


async def test_settings_open_from_a_digest(house: House) -> None:
    await promise_due_on(house, WEDNESDAY)
    await house.until(at(WEDNESDAY, 9))
    await house.ada.dms.last.press("Settings")
    await house.ada.modal.submit()
    assert house.ada.answer.text.startswith("Saved. The next digest may come")


async def test_a_member_who_travels_after_choosing_hours_keeps_them_in_the_new_zone(
    house: House,
) -> None:
    await promise_due_on(house, WEDNESDAY)
    await change(house, {"At what time?": "11:00"})
    await house.sandbox.change_zone("Ada Brook", "Asia/Tokyo")
    await house.settle()
    eleven_in_tokyo = at(WEDNESDAY, 2)
    await house.until(eleven_in_tokyo - timedelta(minutes=1))
    assert promises(house) == 0
    await house.until(eleven_in_tokyo)
    assert promises(house) == 1


async def test_a_zone_that_was_chosen_stays_until_slack_tells_of_another(house: House) -> None:
    ada = house.ada
    await ada.command("/rapport settings")
    await ada.modal.pick("Time zone", "Tokyo")
    await ada.modal.submit()
    await house.sandbox.change_zone("Ada Brook", "Europe/London")
    await house.settle()
    await ada.command("/rapport settings")
    assert "Tokyo" in ada.modal.values["Time zone"]
    await ada.modal.close()
    await house.sandbox.change_zone("Ada Brook", "America/New_York")
    await house.settle()
    await ada.command("/rapport settings")
    assert "New York" in ada.modal.values["Time zone"]
