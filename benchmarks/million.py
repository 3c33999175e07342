"""The database of a million contacts in which several benchmarks look for one member's own."""

from benchmarks.crowd import Crowd
from benchmarks.ground import Ground

NAME = "million"
# The places of the special members, by how many contacts they have.
TEN, FEW, MANY = 0, 1, 2
SPECIAL = (10, 50, 5_000)


def crowd(ground: Ground) -> Crowd:
    """Give the million, or for a quick look as many as load in a second."""
    if ground.quick:
        return Crowd(members=500, contacts=20_000, special=SPECIAL)
    return Crowd(members=100_000, contacts=1_000_000, special=SPECIAL)
