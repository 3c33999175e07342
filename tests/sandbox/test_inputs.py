"""Every input: what the driver fills in, what Slack's client checks, what the app gets."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.driver import Modal
from sandbox.errors import ClientRefused
from sandbox.server import Sandbox
from tests.sandbox.sample_app import option, plain, text_input

OPTIONS = {"options": [option("One"), option("Two"), option("Three")]}
MOMENT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


async def _modal(
    sandbox: Sandbox, client: AsyncWebClient, element: dict[str, Any], **more: Any
) -> Modal:
    """A modal with one input, open for one member."""
    view = {
        "type": "modal",
        "title": plain("Form"),
        "submit": plain("Save"),
        "blocks": [text_input("b", "Field", element={"action_id": "a", **element}, **more)],
    }
    trigger_id = sandbox.triggers.issue("U0ADABROOK")
    await client.views_open(trigger_id=trigger_id, view=view)
    return sandbox.member("Ada").modal


@pytest.mark.parametrize(
    ("element", "given", "leaf"),
    [
        ({"type": "plain_text_input"}, "a\nb", {"value": "a\nb"}),
        ({"type": "number_input", "is_decimal_allowed": True}, 1.5, {"value": "1.5"}),
        ({"type": "datepicker"}, date(2026, 3, 2), {"selected_date": "2026-03-02"}),
        ({"type": "timepicker"}, time(9, 5), {"selected_time": "09:05"}),
        (
            {"type": "timepicker", "timezone": "Europe/Rome"},
            "09:05",
            {"selected_time": "09:05", "timezone": "Europe/Rome"},
        ),
        (
            {"type": "datetimepicker"},
            MOMENT,
            {"selected_date_time": int(MOMENT.timestamp())},
        ),
        ({"type": "users_select"}, "Ben Okafor", {"selected_user": "U0BENOKAFOR"}),
        ({"type": "multi_users_select"}, ["Ben"], {"selected_users": ["U0BENOKAFOR"]}),
    ],
    ids=str,
)
async def test_a_value_has_its_leaf(
    sandbox: Sandbox,
    client: AsyncWebClient,
    element: dict[str, Any],
    given: Any,
    leaf: dict[str, Any],
) -> None:
    modal = await _modal(sandbox, client, element)
    modal.fill({"Field": given})
    held = sandbox.workspace.stacks["U0ADABROOK"][-1].held
    assert held["b"]["a"] == {"type": element["type"], **leaf}
    modal.fill({"Field": None})
    assert modal.values["Field"] == ([] if element["type"].startswith("multi_") else None)


async def test_a_channel_is_chosen_by_its_name(sandbox: Sandbox, client: AsyncWebClient) -> None:
    modal = await _modal(sandbox, client, {"type": "channels_select"})
    modal.fill({"Field": "#general"})
    assert modal.values["Field"] == sandbox.workspace.channel_named("general").id


@pytest.mark.parametrize("kind", ["static_select", "radio_buttons"])
async def test_one_option_is_chosen_by_its_label(
    sandbox: Sandbox, client: AsyncWebClient, kind: str
) -> None:
    modal = await _modal(
        sandbox, client, {"type": kind, "initial_option": option("One"), **OPTIONS}
    )
    assert modal.values["Field"] == "One"
    assert modal.fill({"Field": "Two"}).values["Field"] == "Two"
    assert modal.options("Field") == ["One", "Two", "Three"]
    with pytest.raises(AssertionError, match="No option 'Four'"):
        modal.fill({"Field": "Four"})


@pytest.mark.parametrize("kind", ["multi_static_select", "checkboxes"])
async def test_several_options_are_chosen_by_their_labels(
    sandbox: Sandbox, client: AsyncWebClient, kind: str
) -> None:
    element = {"type": kind, "initial_options": [option("One")], **OPTIONS}
    modal = await _modal(sandbox, client, element)
    assert modal.values["Field"] == ["One"]
    assert modal.fill({"Field": ["Two", "Three"]}).values["Field"] == ["Two", "Three"]


REQUIRED = "Please complete this required field."


@pytest.mark.parametrize(
    ("element", "given", "text"),
    [
        ({"type": "plain_text_input"}, None, REQUIRED),
        ({"type": "checkboxes", **OPTIONS}, None, REQUIRED),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "at least 3 characters"),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "at most 3 characters"),
        ({"type": "plain_text_input"}, "x" * 3001, "at most 3000 characters"),
        ({"type": "email_text_input"}, "ada@nowhere", "valid email"),
        ({"type": "url_text_input"}, "example.com", "valid URL"),
        ({"type": "url_text_input"}, "javascript:alert(1)", "valid URL"),
        ({"type": "number_input", "is_decimal_allowed": False}, "many", "a number"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "a whole number"),
        ({"type": "number_input", "is_decimal_allowed": False, "min_value": "2"}, 1, "least 2"),
        ({"type": "number_input", "is_decimal_allowed": False, "max_value": "2"}, 3, "most 2"),
        (
            {"type": "multi_static_select", "max_selected_items": 1, **OPTIONS},
            ["One", "Two"],
            "at most 1",
        ),
    ],
)
async def test_the_client_refuses(
    sandbox: Sandbox, client: AsyncWebClient, element: dict[str, Any], given: Any, text: str
) -> None:
    modal = await _modal(sandbox, client, element)
    modal.fill({"Field": given})
    with pytest.raises(ClientRefused) as refused:
        await modal.submit()
    assert text in refused.value.errors["b"]
    assert text in modal.errors["Field"]


async def test_a_wrong_label_names_the_labels(sandbox: Sandbox, client: AsyncWebClient) -> None:
    modal = await _modal(sandbox, client, {"type": "plain_text_input"})
    with pytest.raises(AssertionError, match=r"No input 'Feld' in 'Form'; there are \['Field'\]"):
        modal.fill({"Feld": "x"})
    with pytest.raises(AssertionError, match="takes text"):
        modal.fill({"Field": 5})


async def test_without_a_modal_the_driver_says_why(sandbox: Sandbox) -> None:
    with pytest.raises(AssertionError, match="No modal is open for Ada Brook"):
        _ = sandbox.member("Ada").modal
