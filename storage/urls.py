"""Database URLs: what people write, and the form that SQLAlchemy's async drivers take."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


def normalised(url: str) -> str:
    """The URL with the driver that is used here, whether it names one or not.

    Accepts sqlite, postgresql and the short `postgres`. Raises ValueError, without repeating the
    URL, for anything else, and for what cannot keep anything.
    """
    scheme, separator, rest = url.partition("://")
    driver = _DRIVERS.get(scheme.lower())
    if not separator or driver is None:
        raise ValueError("must begin with sqlite:/// or postgresql://.")
    if driver.startswith("sqlite"):
        if not rest.startswith("/") or rest.strip("/") in {"", ":memory:"}:
            raise ValueError("must name a file: sqlite:///rapport.db, or sqlite:////full/path.db.")
        return f"{driver}://{rest}"
    try:
        sound = len(urlsplit(f"//{rest}").path) > 1 and urlsplit(f"//{rest}").port != 0
    except ValueError:
        sound = False
    if not sound:
        raise ValueError("must be postgresql://USER:PASSWORD@HOST:PORT/DATABASE.")
    address, mark, query = rest.partition("?")
    # Hosted databases say `sslmode`, as libpq does; asyncpg calls the same thing `ssl`.
    pairs = [("ssl" if name == "sslmode" else name, text) for name, text in parse_qsl(query)]
    return f"{driver}://{address}{mark}{urlencode(pairs, quote_via=quote)}"


def sqlite_url(path: Path) -> str:
    """The database URL of an SQLite file."""
    return f"sqlite+aiosqlite:///{quote(str(path))}"


def sqlite_file(database_url: str) -> Path | None:
    """The file behind an SQLite database URL; None for another database."""
    prefix = "sqlite+aiosqlite:///"
    if not database_url.startswith(prefix):
        return None
    return Path(unquote(database_url.removeprefix(prefix).partition("?")[0]))


def without_password(database_url: str) -> str:
    """The address as it may be shown: user and password left out."""
    path = sqlite_file(database_url)
    if path is not None:
        return str(path)
    parts = urlsplit(database_url)
    return f"{parts.scheme.partition('+')[0]}://{parts.netloc.rpartition('@')[2]}{parts.path}"
