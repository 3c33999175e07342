"""The faults panel's acts: order that something goes wrong, and take it back."""

from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.disorder import OVERTAKEN, TWICE
from sandbox.errors import ClientRefused
from sandbox.faults import ANY
from sandbox.model import User
from sandbox.page.play import Play
from sandbox.web_api import METHODS
from sandbox.web_api.endpoint import RESPONSE_URL, UPLOAD

CALLS = {
    "429": "429, come back later",
    "500": "500, internal server error",
    "503": "503, service unavailable",
    "slow": "Taken at once, answered late",
    "lost": "Taken, and the answer is lost",
    "drop": "The line breaks before it is taken",
    "error": "Refused with an error code",
}
DELIVERIES = {TWICE: "Comes twice", OVERTAKEN: "Comes after the one that follows"}
ENVELOPES = {
    ANY: "whatever comes next",
    "events_api": "events",
    "interactive": "presses and forms",
    "slash_commands": "commands",
}
MOST_TIMES, MOST_SECONDS = 1000, 3600


async def order_fault(play: Play) -> None:
    """Let calls of the app go wrong."""
    method = play.text("method")
    if method not in (ANY, RESPONSE_URL, UPLOAD, *METHODS):
        raise ClientRefused("There is no such method.")
    times = _number(play, "times", 1, MOST_TIMES, "How often")
    play.sandbox.faults.next(method, **_fault(play), times=times)
    play.sandbox.workspace.changed.notify()


def _fault(play: Play) -> dict[str, Any]:
    how = play.text("how")
    if how == "429":
        return {"retry_after": _number(play, "seconds", 0, MOST_SECONDS, "Seconds")}
    if how == "slow":
        return {"delay": float(_number(play, "seconds", 0, MOST_SECONDS, "Seconds"))}
    if how in ("500", "503"):
        return {"status": int(how)}
    if how == "error":
        code = play.text("error").strip()
        if not code.isidentifier():
            raise ClientRefused("An error code is one word, like internal_error.")
        return {"error": code}
    if how not in CALLS:
        raise ClientRefused("Nothing is known to go wrong in that way.")
    return {"lose_answer" if how == "lost" else "drop": True}


def _number(play: Play, name: str, least: int, most: int, label: str) -> int:
    given = play.text(name).strip()
    if not given.isdecimal() or not least <= int(given) <= most:
        raise ClientRefused(f"{label}: a whole number from {least} to {most}.")
    return int(given)


async def order_delivery(play: Play) -> None:
    """Let deliveries to the app come twice, or out of order."""
    kind, what = play.text("kind"), play.text("what")
    if kind not in ENVELOPES or what not in DELIVERIES:
        raise ClientRefused("Nothing is known to go wrong in that way.")
    times = _number(play, "times", 1, MOST_TIMES, "How often")
    play.sandbox.disorder.next(kind, what, times)
    play.sandbox.workspace.changed.notify()


async def strike(play: Play) -> None:
    """Do one thing at once: to the lines, or to the app's installation."""
    sandbox = play.sandbox
    what = play.text("what")
    if what == "cut":
        sandbox.cut_sockets()
    elif what == "refresh":
        await sandbox.refresh_sockets()
    elif what == "revoke":
        await sandbox.revoke_token()
    elif what == "uninstall":
        await sandbox.uninstall()
    else:
        raise ClientRefused("Nothing is known to go wrong in that way.")


async def change_member(play: Play) -> None:
    """Deactivate a member, or let them move to another time zone."""
    user = _member(play, play.text("user"))
    zone = play.text("zone")
    if zone:
        try:
            ZoneInfo(zone)
        except (LookupError, ValueError, OSError) as error:
            raise ClientRefused("There is no such time zone.") from error
        await play.sandbox.change_zone(user.real_name, zone)
    else:
        await play.sandbox.deactivate(user.real_name)


def _member(play: Play, user_id: str) -> User:
    for user in play.sandbox.workspace.people:
        if user.id == user_id:
            return user
    raise ClientRefused("There is no such member.")


async def take_back(play: Play) -> None:
    """Take back what was ordered: one thing, or everything."""
    sandbox = play.sandbox
    what, _, which = play.text("order").partition("-")
    if what == "call" and which.isdecimal():
        sandbox.faults.take_back(int(which))
    elif what == "delivery" and which.isdecimal():
        sandbox.disorder.take_back(int(which))
    elif what == "waiting":
        sandbox.faults.clear()
        sandbox.disorder.clear()
    elif what == "app":
        sandbox.reinstall()
    elif what == "zone":
        user = _member(play, which)
        await sandbox.change_zone(user.real_name, sandbox.zones_before.get(which, user.tz))
    elif what == "member":
        await sandbox.reactivate(_member(play, which).id)
    sandbox.workspace.changed.notify()


BAD_DAYS: dict[str, Callable[[Play], Awaitable[None]]] = {
    "fault": order_fault,
    "delivery": order_delivery,
    "strike": strike,
    "member": change_member,
    "take-back": take_back,
}
