"""What a setting may look like: each check gives the value in its normal form, or ValueError."""

import ipaddress
import re
from collections.abc import Callable
from urllib.parse import urlsplit


def token(prefix: str) -> Callable[[str], str]:
    """Check for a token that begins with a prefix, such as xoxb."""

    def check(value: str) -> str:
        if re.fullmatch(rf"{prefix}-[A-Za-z0-9-]+", value):
            return value
        begins = re.match(r"xox[a-z]|xapp", value)
        seen = f", this one begins with {begins[0]}-" if begins else ""
        raise ValueError(f"is not a token that begins with {prefix}-{seen}.")

    return check


def secret(value: str) -> str:
    """Check for a signing secret."""
    if not re.fullmatch(r"[A-Za-z0-9]+", value):
        raise ValueError("is not a signing secret (letters and digits only).")
    return value


def http_url(value: str) -> str:
    """Check for an address; give it with a slash at its end."""
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or any(character.isspace() for character in value):
        raise ValueError("is not an address that begins with https:// (or http://).")
    return value.rstrip("/") + "/"


def one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    """Check for one of some words, in capital letters or not."""

    def check(value: str) -> str:
        for choice in choices:
            if value.casefold() == choice.casefold():
                return choice
        raise ValueError(f"must be one of {', '.join(choices)}.")

    return check


def port(value: str) -> str:
    """Check for a port's number."""
    if not re.fullmatch(r"[0-9]{1,5}", value) or not 1 <= int(value) <= 65535:
        raise ValueError("is not a port (a number from 1 to 65535).")
    return str(int(value))


def ip_address(value: str) -> str:
    """Check for an IP address."""
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        raise ValueError("is not an IP address, such as 127.0.0.1 or 0.0.0.0.") from None
