"""The member's settings: when the bot speaks, how long it waits, what it speaks of."""

from dataclasses import asdict, replace
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from domain.places import countries_like, zones_like
from domain.vocabulary import Digest
from handlers.desk import Desk
from handlers.views import numbers_form
from handlers.views import settings_form as form
from handlers.views.metadata import Carried, unpack
from handlers.views.nudge_messages import SETTINGS
from handlers.views.screen import Message
from handlers.views.settings_answers import settings_saved
from storage import limits, members, wishes
from storage.wishes import Wishes

Body = dict[str, Any]
# Slack takes 100 options; nobody reads more than these.
_MOST_OPTIONS = 50


def register(app: AsyncApp) -> None:
    """What opens, fills and saves both pages."""
    app.action(SETTINGS)(settings_pressed)
    app.action(form.NUMBERS)(numbers_pressed)
    app.options(form.ZONE_CHOSEN)(zone_options)
    app.options(form.COUNTRY_CHOSEN)(country_options)
    app.view(form.CALLBACK_ID)(save_settings)
    app.view(numbers_form.CALLBACK_ID)(save_numbers)


async def settings_pressed(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Settings": in digests, in `/followups`, in Home."""
    await ack()
    await open_settings(desk, body)


async def open_settings(desk: Desk, body: Body) -> None:
    """Open the first page; from a command or a message, what was saved is said there."""
    await desk.zone()
    async with desk.reading() as session:
        wanted = await wishes.current(session)
    carried = Carried(response_url=body.get("response_url"))
    view = form.settings_form(_hours(wanted), carried, facilitates=desk.facilitates)
    await desk.client.views_open(trigger_id=body["trigger_id"], view=view)


async def numbers_pressed(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Lay the second page over the first, which stays as it was filled in."""
    await ack()
    async with desk.reading() as session:
        wanted, allowed = await wishes.current(session), await limits.in_force(session)
    carried = unpack(body["view"])
    view = numbers_form.numbers_form(wanted.numbers, wanted.kinds_off, allowed, carried)
    await desk.client.views_push(trigger_id=body["trigger_id"], view=view)


async def zone_options(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Answer the type-ahead over time zones; the member's own comes first."""
    async with desk.reading() as session:
        here = (await wishes.current(session)).zone
    found = zones_like(body.get("value") or "", here)
    await ack(options=[form.zone_option(zone) for zone in found[:_MOST_OPTIONS]])


async def country_options(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Answer the type-ahead over countries; none at all can always be chosen."""
    async with desk.reading() as session:
        here = (await wishes.current(session)).country
    found = countries_like(body.get("value") or "", here)
    await ack(options=[form.country_option(code) for code in [*found[:_MOST_OPTIONS], None]])


async def save_settings(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save the first page, then close it; what the second one holds stays as it is."""
    typed = form.read_settings_form(body["view"])
    async with desk.member() as session:
        wanted = replace(await wishes.current(session), **asdict(typed))
        await wishes.change(session, wanted, desk.now)
    await _saved(ack, body, desk)


async def save_numbers(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save the second page, then close it; the first one shows again."""
    async with desk.member() as session:
        allowed = await limits.in_force(session)
        numbers, kinds_off = numbers_form.read_numbers_form(body["view"], allowed)
        wanted = replace(await wishes.current(session), numbers=numbers, kinds_off=kinds_off)
        await wishes.change(session, wanted, desk.now)
    await _saved(ack, body, desk)


async def _saved(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Close the page, bring every screen up to date, and say what follows."""
    await ack()
    await desk.changed()
    url = unpack(body["view"]).response_url
    if url is not None:
        await desk.tell(await _what_follows(desk), url)


async def _what_follows(desk: Desk) -> Message:
    now = desk.now
    async with desk.reading() as session:
        rhythm = (await members.current(session)).rhythm()
    until = rhythm.paused_until
    paused_until = until if until is not None and until > now else None
    if rhythm.digest == Digest.NONE:
        return settings_saved(None, paused_until)
    return settings_saved(rhythm.next_digest(now), paused_until)


def _hours(wanted: Wishes) -> form.HoursTyped:
    return form.HoursTyped(
        digest=wanted.digest,
        digest_hour=wanted.digest_hour,
        working_days=wanted.working_days,
        review_day=wanted.review_day,
        quiet_from=wanted.quiet_from,
        quiet_until=wanted.quiet_until,
        zone=wanted.zone,
        country=wanted.country,
    )
