"""Writes the rules, their sources and counts into docs/sandbox.md.

python -m tests.sandbox.rule_table
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sandbox.rules import RULES
from sandbox.rules.checks import IN_BLOCKS, Rule
from sandbox.rules.methods import METHOD_RULES
from tests.sandbox.breaks import BREAKS
from tests.sandbox.test_method_rules import BREAKS as CALL_BREAKS
from tests.sandbox.test_method_rules import CALLS

PAGE = Path(__file__).parents[2] / "docs" / "sandbox.md"
BEGIN, END = "<!-- rules: begin -->\n", "<!-- rules: end -->\n"
_GROUPS = {
    "Everywhere, messages, views": (
        "any text_object plain_text mrkdwn message modal home suggestion block_id action_id"
        " placeholder"
    ),
    "Blocks": (
        "block section header image context actions input markdown alert card card_image"
        " card_action"
    ),
    "Rich text": "rich_text",
}


def written() -> str:
    """The part of the page that this file writes."""
    tests = len(BREAKS) + len(CALL_BREAKS) + len(CALLS)
    lines = [
        f"{len(RULES) + len(METHOD_RULES)} rules: {len(RULES)} about blocks, elements and views, "
        f"{len(METHOD_RULES)} about calls and answers; {tests} examples, each of which breaks one.",
    ]
    left = dict(RULES)
    for title, names in _GROUPS.items():
        chosen = [rule for rule in left.values() if _about(rule, names.split())]
        for rule in chosen:
            del left[rule.id]
        lines += _table(title, chosen)
    lines += _table("Elements and what they are made of", left.values())
    lines += _table("Calls and answers", METHOD_RULES.values())
    return "\n".join(lines) + "\n"


def _about(rule: Rule, names: list[str]) -> bool:
    first = rule.id.split(".")[0]
    return first in names or ("rich_text" in names and first.startswith("rich_text"))


def _table(title: str, rules: Iterable[Rule]) -> Iterator[str]:
    rules = list(rules)
    yield f"\n### {title} ({len(rules)})\n"
    yield "| rule | what Slack insists on | source | error |"
    yield "|---|---|---|---|"
    for rule in sorted(rules, key=lambda rule: rule.id.partition(".")[0]):
        code = "`invalid_blocks`" if rule.code == IN_BLOCKS else f"`{rule.code}`"
        yield f"| `{rule.id}` | {rule.says} | {rule.source} | {code} |"


if __name__ == "__main__":
    before, _, rest = PAGE.read_text().partition(BEGIN)
    PAGE.write_text(before + BEGIN + written() + END + rest.partition(END)[2])
