"""What a setting may look like: each check gives its normal form, or raises ValueError in words."""

import ipaddress
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from domain.limits import read_limits, written_all

LONGEST_LEAD = 60


def token(prefix: str) -> Callable[[str], str]:
    """Check a Slack token, which begins with `prefix`."""

    def check(value: str) -> str:
        if re.fullmatch(rf"{prefix}-[A-Za-z0-9-]+", value):
            return value
        begins = re.match(r"xox[a-z]|xapp", value)
        seen = f", this one begins with {begins[0]}-" if begins else ""
        raise ValueError(f"is not a token that begins with {prefix}-{seen}.")

    return check


def secret(value: str) -> str:
    """Check Slack's signing secret."""
    if not re.fullmatch(r"[A-Za-z0-9]+", value):
        raise ValueError("is not a signing secret (letters and digits only).")
    return value


def http_url(value: str) -> str:
    """Check an address; its normal form ends in a slash."""
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or any(character.isspace() for character in value):
        raise ValueError("is not an address that begins with https:// (or http://).")
    return value.rstrip("/") + "/"


def one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    """Check one of a few words, whatever its capital letters."""

    def check(value: str) -> str:
        for choice in choices:
            if value.casefold() == choice.casefold():
                return choice
        raise ValueError(f"must be one of {', '.join(choices)}.")

    return check


def port(value: str) -> str:
    """Check a port's number."""
    if not re.fullmatch(r"[0-9]{1,5}", value) or not 1 <= int(value) <= 65535:
        raise ValueError("is not a port (a number from 1 to 65535).")
    return str(int(value))


def lead(value: str) -> str:
    """Check how many seconds before its end the program says so."""
    if not re.fullmatch(r"[0-9]{1,3}", value) or int(value) > LONGEST_LEAD:
        raise ValueError(f"is not a number of seconds from 0 to {LONGEST_LEAD}.")
    return str(int(value))


def ip_address(value: str) -> str:
    """Check an IP address."""
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        raise ValueError("is not an IP address, such as 127.0.0.1 or 0.0.0.0.") from None


def number_limits(value: str) -> str:
    """Check limits on members' numbers, such as "follow_ups=0-2 in_touch_days=60-180"."""
    return written_all(read_limits(value))


def slack_users(value: str) -> str:
    """Check Slack's ids of people; their normal form has one space between them."""
    ids = [written for written in re.split(r"[\s,;]+", value.upper()) if written]
    wrong = [written for written in ids if not re.fullmatch(r"[UW][A-Z0-9]{2,20}", written)]
    if wrong or not ids:
        raise ValueError(f"holds what is no member ID: {', '.join(wrong)[:100] or value}.")
    return " ".join(dict.fromkeys(ids))
