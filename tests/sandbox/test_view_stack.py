"""What becomes of modals and Homes: the stack, hashes, and what was typed (1.1, 2.8, 4.2)."""

from typing import Any

import pytest

from sandbox import acts
from sandbox.errors import SlackError
from sandbox.model import Place
from tests.sandbox.samples import asking, element, home, modal
from tests.sandbox.test_method_rules import ADA, Slack, push


def on_a_full_stack(slack: Slack, **answer: Any) -> Any:
    """Submit the third of three modals, and answer in this way."""
    slack.opened()
    for _ in range(2):
        push(slack)

    async def ask(kind: str, payload: Any, *, answers: bool) -> Any:
        return answer

    slack.sandbox.link.ask = ask  # type: ignore[method-assign]
    return acts.submit(slack.sandbox, ADA, slack.workspace.stacks[ADA][-1].id)


# What an app answers to a submission, what Slack says of it, and how many modals are left.
ANSWERED: list[tuple[dict[str, Any], str, int]] = [
    ({}, "", 2),
    ({"response_action": "clear"}, "", 0),
    (
        {"response_action": "update", "view": modal(title={"type": "plain_text", "text": "N"})},
        "",
        3,
    ),
    ({"response_action": "push", "view": modal()}, "push_limit_reached", 3),
    ({"response_action": "update", "view": home()}, "invalid_arguments", 3),
    ({"response_action": "update"}, "invalid_arguments", 3),
    ({"response_action": "errors", "errors": {}}, "invalid_arguments", 3),
    ({"text": "Saved"}, "invalid_arguments", 3),
]


@pytest.mark.parametrize(("answer", "code", "left"), ANSWERED)
async def test_what_becomes_of_the_stack(answer: dict[str, Any], code: str, left: int) -> None:
    slack = Slack()
    await on_a_full_stack(slack, **answer)
    assert [refusal.error for refusal in slack.sandbox.refusals] == ([code] if code else [])
    assert len(slack.workspace.stacks.get(ADA, [])) == left
    troubles = slack.workspace.troubles.get(ADA, [])
    assert troubles == (["We had some trouble connecting. Try again?"] if code else [])


async def test_a_view_that_is_closed_is_not_there_any_more() -> None:
    slack = Slack()
    view_id = slack.opened()["view"]["id"]
    slack.sandbox.view_stack.clear(ADA)
    with pytest.raises(SlackError, match="not_found"):
        slack.call("views.update", view_id=view_id, view=modal())


async def test_a_home_is_guarded_by_its_hash_as_it_stands() -> None:
    slack = Slack()
    first = slack.call("views.publish", user_id=ADA, view=home())["view"]
    second = slack.call("views.publish", user_id=ADA, view=home(), hash=first["hash"])["view"]
    with pytest.raises(SlackError, match="hash_conflict"):
        slack.call("views.publish", user_id=ADA, view=home(), hash=first["hash"])
    assert slack.call("views.publish", user_id=ADA, view=home(), hash=second["hash"])


async def test_what_was_typed_stays_where_block_and_action_are_the_same() -> None:
    """Through an update; a block or an action of another name starts anew."""
    slack = Slack()

    def form(block_id: str, action_id: str) -> Any:
        typed = element("plain_text_input", action_id=action_id, initial_value="at first")
        return modal(asking(typed, block_id=block_id))

    view = slack.call("views.open", trigger_id=slack.trigger(), view=form("b", "a"))["view"]
    acts.fill(slack.sandbox, ADA, Place(view_id=view["id"]), "b", "a", "typed")
    found = []
    for block_id, action_id in (("b", "a"), ("b", "other"), ("c", "a")):
        given = {"view_id": view["id"], "view": form(block_id, action_id)}
        state = slack.call("views.update", **given)["view"]["state"]["values"]
        found.append(state[block_id][action_id]["value"])
    assert found == ["typed", "at first", "at first"]
