"""The delivery peak of many workspaces, played minute by minute: `python -m benchmarks.growth`.

Everybody's digest is due at nine by their own clock, so the day has as many peaks as there are
zones. The model knows how many people live in each zone, how many of them have something due, what
one process sends in a second, and what Slack lets one workspace have in a minute.
"""

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass

# Minutes after midnight in UTC at which nine o'clock comes, and which share of members live there.
ZONES = (
    (17 * 60, 0.16),  # the west of North America
    (16 * 60, 0.03),
    (15 * 60, 0.11),
    (14 * 60, 0.22),  # its east
    (12 * 60, 0.05),  # Brazil
    (9 * 60, 0.12),  # Great Britain and Ireland
    (8 * 60, 0.16),  # the middle of Europe
    (7 * 60, 0.03),
    (3 * 60 + 30, 0.07),  # India
    (60, 0.02),
    (0, 0.03),  # Japan
)


@dataclass(frozen=True)
class Installation:
    """How many there are, and how fast they are served."""

    workspaces: int = 10_000
    members: int = 100
    digests_a_day: float = 1_000_000
    # One process, in messages a second; and what Slack takes for one workspace in a minute.
    rate: float = 25.0
    workspace_a_minute: float = 60.0


@dataclass(frozen=True)
class Played:
    """What the day was like with so many processes: minutes until the last message of a peak."""

    processes: int
    longest_wait: int
    left_over: float
    most_waiting: float


def play(there: Installation, processes: int) -> Played:
    """Play a day."""
    capacity = there.rate * 60 * processes
    waiting: list[tuple[int, float]] = []  # since when, how many; the earliest first
    longest, most = 0, 0.0
    due = {minute: share * there.digests_a_day for minute, share in ZONES}
    for minute in range(24 * 60):
        if minute in due:
            waiting.append((minute, due[minute]))
        room = capacity
        # Each workspace may have so many; of one zone all workspaces are served beside one another.
        for place, (since, number) in enumerate(waiting):
            share = due[since] / there.digests_a_day
            limit = there.workspace_a_minute * there.workspaces * share
            sent = min(room, number, max(limit, 1.0))
            waiting[place] = since, number - sent
            room -= sent
            if sent:
                longest = max(longest, minute - since + 1)
        waiting = [(since, number) for since, number in waiting if number > 0.5]
        most = max(most, sum(number for _, number in waiting))
    return Played(processes, longest, sum(number for _, number in waiting), most)


def least_processes(there: Installation, minutes: int) -> int:
    """Give how many processes have everybody's digest there within so many minutes."""
    peak = max(share for _, share in ZONES) * there.digests_a_day
    fewest = math.ceil(peak / (there.rate * 60 * minutes))
    number = fewest
    while play(there, number).longest_wait > minutes:
        number += 1
        if number > 20 * fewest:
            raise ValueError("Slack lets no number of processes be so quick")
    return number


def table(there: Installation, processes: Sequence[int]) -> str:
    """Draw what came of each number of processes."""
    rows = [
        "| processes | messages a second | last digest after | most waiting | undone at midnight |"
    ]
    rows.append("|---|---|---|---|---|")
    for number in processes:
        day = play(there, number)
        after = f"{day.longest_wait} min"
        rows.append(
            f"| {number} | {there.rate * number:,.0f} | {after} | {day.most_waiting:,.0f} |"
            f" {day.left_over:,.0f} |"
        )
    return "\n".join(rows)


def main() -> None:
    """Print the day for several numbers of processes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--rate", type=float, default=Installation.rate)
    parser.add_argument("--minutes", type=int, default=15)
    asked = parser.parse_args()
    there = Installation(rate=asked.rate)
    print(table(there, (1, 2, 4, 8, 16, 32, 64)))
    number = least_processes(there, asked.minutes)
    print(f"\n{number} processes have every digest there within {asked.minutes} minutes.")


if __name__ == "__main__":
    main()
