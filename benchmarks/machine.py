"""The machine that the figures are of."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path
from typing import Any

_LIBRARIES = ("slack-bolt", "slack-sdk", "aiohttp", "sqlalchemy", "aiosqlite", "asyncpg")


def described() -> dict[str, Any]:
    """Say what the machine is, and how much of it others use."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": _memory_gib(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "load_before": [round(load, 2) for load in os.getloadavg()],
        "libraries": {name: version(name) for name in _LIBRARIES},
    }


def in_words(machine: dict[str, Any]) -> str:
    """The same in a line or two."""
    libraries = ", ".join(f"{name} {number}" for name, number in machine["libraries"].items())
    load = ", ".join(str(each) for each in machine["load_before"])
    return (
        f"{machine['cores']} × {machine['processor']}, {machine['memory_gib']} GiB,"
        f" {machine['system']}, Python {machine['python']}, SQLite {machine['sqlite']};"
        f" load before: {load}\n{libraries}"
    )


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text(encoding="utf-8").splitlines() if cpus.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def _memory_gib() -> float | None:
    if "SC_PHYS_PAGES" not in os.sysconf_names:
        return None
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
