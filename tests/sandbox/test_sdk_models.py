"""What slack_sdk's own models produce is taken as it is."""

from datetime import datetime

import pytest
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CheckboxesElement,
    ConfirmObject,
    ContextBlock,
    DatePickerElement,
    DateTimePickerElement,
    DividerBlock,
    EmailInputElement,
    ExternalDataSelectElement,
    HeaderBlock,
    ImageBlock,
    ImageElement,
    InputBlock,
    InputInteractiveElement,
    MarkdownTextObject,
    NumberInputElement,
    Option,
    OptionGroup,
    OverflowMenuElement,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    SectionBlock,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UrlInputElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from sandbox.rules import message_problems, view_problems

ONE, TWO = Option(value="1", label="One"), Option(value="2", label="Two", description="Second")
CONFIRM = ConfirmObject(title="Sure?", text=MarkdownTextObject(text="*Really*"), style="danger")
PICTURE = "https://example.com/a.png"
WHEN = int(datetime.fromisoformat("2026-03-02T15:00:00+00:00").timestamp())
INPUTS: list[InputInteractiveElement] = [
    PlainTextInputElement(action_id="a", multiline=True, max_length=300, initial_value="x"),
    EmailInputElement(action_id="a", placeholder="ada@example.com"),
    UrlInputElement(action_id="a"),
    NumberInputElement(action_id="a", is_decimal_allowed=False, min_value="1"),
    DatePickerElement(action_id="a", initial_date="2026-03-02", placeholder="When"),
    TimePickerElement(action_id="a", initial_time="09:30", timezone="Europe/Rome"),
    DateTimePickerElement(action_id="a", initial_date_time=WHEN),
    StaticSelectElement(action_id="a", options=[ONE, TWO], initial_option=TWO),
    StaticSelectElement(action_id="a", option_groups=[OptionGroup(label="G", options=[ONE])]),
    StaticMultiSelectElement(action_id="a", options=[ONE, TWO], max_selected_items=2),
    ExternalDataSelectElement(action_id="a", min_query_length=0, initial_option=ONE),
    UserSelectElement(action_id="a", initial_user="U0ADABROOK"),
    RadioButtonsElement(action_id="a", options=[ONE, TWO], initial_option=ONE),
    CheckboxesElement(action_id="a", options=[ONE, TWO], initial_options=[ONE, TWO]),
]
BLOCKS: list[Block] = [
    SectionBlock(text="*hi*", accessory=ButtonElement(action_id="a", text="Go", value="1")),
    SectionBlock(fields=[MarkdownTextObject(text="x"), PlainTextObject(text="y", emoji=True)]),
    SectionBlock(text="x", accessory=ImageElement(image_url=PICTURE, alt_text="a")),
    DividerBlock(),
    HeaderBlock(text="Today"),
    ContextBlock(elements=[MarkdownTextObject(text="small")], block_id="c"),
    ImageBlock(image_url=PICTURE, alt_text="a", title="t"),
    ActionsBlock(
        elements=[
            ButtonElement(action_id="a", text="Drop", style="danger", confirm=CONFIRM),
            OverflowMenuElement(action_id="b", options=[ONE, TWO]),
        ]
    ),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: str(block.type))
def test_a_block_of_the_sdk_is_taken(block: Block) -> None:
    assert message_problems([block.to_dict()]) == []


@pytest.mark.parametrize("element", INPUTS, ids=lambda element: str(element.type))
def test_a_modal_of_the_sdk_is_taken(element: InputInteractiveElement) -> None:
    blocks = [InputBlock(block_id="b", label="L", hint="H", element=element, optional=True)]
    view = View(
        type="modal",
        callback_id="form",
        title="Form",
        submit="Save",
        close="Cancel",
        private_metadata="{}",
        notify_on_close=True,
        blocks=blocks,
    )
    assert view_problems(view.to_dict(), "modal") == []


def test_a_home_of_the_sdk_is_taken() -> None:
    assert view_problems(View(type="home", blocks=BLOCKS).to_dict(), "home") == []
