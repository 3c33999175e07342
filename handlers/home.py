"""App Home, and what Slack tells of members who travel and leave."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp

from domain.places import is_zone
from handlers.desk import Desk
from handlers.views.welcome import welcome
from storage import contacts, members, nudges
from storage.sessions import MemberKey

log = structlog.get_logger()

Event = dict[str, Any]


def register(app: AsyncApp) -> None:
    """Slack's events about one member."""
    app.event("app_home_opened")(home_opened)
    app.event("team_join")(joined)
    app.event("user_change")(user_changed)
    app.event("app_uninstalled")(app_removed)
    app.event("tokens_revoked")(app_removed)


async def home_opened(event: Event, desk: Desk) -> None:
    """Show Home as it is now; say hello in the DM to who opens it before anything else."""
    if event.get("tab") == "home":
        await desk.show_home()
    else:
        await desk.zone()
    await _say_hello(desk)


async def joined(event: Event, desk: Desk) -> None:
    """Say hello in the DM to who joins the workspace; bots need no next career."""
    user = event["user"]
    if not user.get("is_bot"):
        await _say_hello(replace(desk, who=replace(desk.who, user_id=user["id"])))


async def _say_hello(desk: Desk) -> None:
    async with desk.member() as session:
        is_first = await members.mark_welcomed(session, desk.now)
        is_new = is_first and not await contacts.count(session)
    if is_new:
        await desk.tell(welcome())


async def user_changed(event: Event, desk: Desk) -> None:
    """Follow a member who travels, leaves or comes back; who never used the bot stays unknown."""
    user = event["user"]
    who = MemberKey(team_id=desk.who.team_id, user_id=user["id"])
    if not await desk.sessions.knows(who):
        return
    async with desk.sessions.member(who) as session:
        if await members.is_outdated(session, _came_about(event)):
            return
        changed = await members.set_active(session, not user.get("deleted", False))
        # A deactivated user comes without a zone; the one that is known stays good.
        if is_zone(user.get("tz") or ""):
            changed |= await members.follow_slack(session, user["tz"])
        # Slack tells of every other change of a profile, too.
        if changed:
            await nudges.hours_changed(session, desk.now)


def _came_about(event: Event) -> datetime:
    return datetime.fromtimestamp(float(event["event_ts"]), UTC)


async def app_removed(event: Event) -> None:
    """The app was removed, or its tokens were: what members wrote stays until an operator acts."""
    log.warning("the app was removed from the workspace", told_by=event["type"])
