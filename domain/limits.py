"""The limits within which a member may choose their numbers, and who may set them how wide.

A limit is the least and the most of one number, both allowed. The operator narrows the widest ones,
a facilitator chooses within what the operator left.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches

from domain.numbers import WIDEST, Numbers

Limit = tuple[int, int]
Limits = Mapping[str, Limit]

# What holds where nobody said anything: a second follow-up is for a facilitator to allow.
USUAL: Limits = WIDEST | {"follow_ups": (0, 1)}
# Whoever wants no word about keeping in touch need not have any, whatever the limits.
_ALWAYS = {"in_touch_days": 0}


def may_be_set(operator: Limits) -> dict[str, Limit]:
    """Give the limits that a facilitator's may not exceed."""
    return {**WIDEST, **operator}


def in_force(operator: Limits, facilitator: Limits) -> dict[str, Limit]:
    """Give the limits that hold for members; what a facilitator set yields to the operator."""
    widest = may_be_set(operator)
    chosen = {name: _moved_into(widest[name], limit) for name, limit in facilitator.items()}
    return {**USUAL, **operator, **chosen}


def allows(limits: Limits, name: str, number: int) -> bool:
    """Say whether a member may choose a number."""
    least, most = limits[name]
    return least <= number <= most or number == _ALWAYS.get(name)


def within(numbers: Numbers, limits: Limits) -> Numbers:
    """Give the nearest numbers that the limits allow."""
    # Asked for each message that goes out: `asdict` would copy them first.
    outside = {
        name: _nearest(limits[name], number)
        for name, number in vars(numbers).items()
        if not allows(limits, name, number)
    }
    return replace(numbers, **outside) if outside else numbers


def read_limit(typed: str) -> Limit | None:
    """Read the least and the most from words like "0-2" or "0 to 2"; a number alone is both."""
    found = re.fullmatch(r"([0-9]{1,4})(?:\s*(?:-|–|to)\s*([0-9]{1,4}))?", typed.strip())
    if found is None:
        return None
    least, most = int(found[1]), int(found[2] or found[1])
    return (least, most) if least <= most else None


def is_inside(limit: Limit, widest: Limit) -> bool:
    """Say whether a limit is nowhere wider than another."""
    return widest[0] <= limit[0] and limit[1] <= widest[1]


def written(limit: Limit) -> str:
    """Write a limit as it is read."""
    return f"{limit[0]}-{limit[1]}" if limit[0] < limit[1] else str(limit[0])


def written_all(limits: Limits) -> str:
    """Write limits as the operator writes them, always in the same order."""
    return " ".join(f"{name}={written(limits[name])}" for name in WIDEST if name in limits)


def read_limits(text: str) -> dict[str, Limit]:
    """Read "follow_ups=0-2 in_touch_days=60-180"; raises ValueError for all that is wrong in it."""
    limits: dict[str, Limit] = {}
    wrong = []
    for part in re.split(r"[\s,;]+", text.strip()):
        name, _, typed = part.partition("=")
        limit = read_limit(typed)
        if name not in WIDEST:
            wrong.append(_unknown(name))
        elif limit is None:
            wrong.append(f"{name} needs the least and the most, such as {written(WIDEST[name])}.")
        elif not is_inside(limit, WIDEST[name]):
            wrong.append(f"{name} may be {written(WIDEST[name])} at the widest.")
        elif name in limits:
            wrong.append(f"{name} stands there twice.")
        else:
            limits[name] = limit
    if wrong:
        raise ValueError(" ".join(wrong))
    return limits


def _unknown(name: str) -> str:
    near = get_close_matches(name, WIDEST, n=1)
    meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(WIDEST)}."
    return f"has no number called {name[:40]!r}; {meant}"


def _nearest(limit: Limit, number: int) -> int:
    least, most = limit
    return min(max(number, least), most)


def _moved_into(widest: Limit, limit: Limit) -> Limit:
    return _nearest(widest, limit[0]), _nearest(widest, limit[1])
