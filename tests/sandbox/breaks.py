"""Each rule of the tables, broken once: by id, the block, Home, modal or answer that breaks it.

The numbers are those of slack-platform.md: one more than Slack takes.
"""

from typing import Any

from tests.sandbox.sample_app import option, plain
from tests.sandbox.samples import (
    WORD,
    actions,
    asking,
    bullets,
    button,
    confirm,
    context,
    element,
    filed,
    group,
    header,
    home,
    md,
    modal,
    picture,
    rich,
    rich_block,
    section,
    without,
)

Json = dict[str, Any]
OPTIONS = {"checkboxes": "choice", "static_select": "option", "overflow": "overflow_option"}


def pressed(**more: Any) -> Json:
    """A button in its block."""
    return actions(button(**more))


def asked(**more: Any) -> Json:
    """A button that asks before it acts."""
    return pressed(confirm=confirm(**more))


def chosen(kind: str, **more: Any) -> Json:
    """An element in an actions block."""
    return actions(element(kind, **more))


def typed(kind: str, **more: Any) -> Json:
    """An input in a modal."""
    return modal(asking(element(kind, **more)))


def one_option(kind: str, **more: Any) -> Json:
    """An element with one option, changed by `more`."""
    changed = {key: value for key, value in {**option("A"), **more}.items() if value is not None}
    return chosen(kind, options=[changed])


def part(kind: str, **more: Any) -> Json:
    """One part of a rich text."""
    return rich({"type": kind, **more})


EVERYWHERE: dict[str, Json] = {
    "any.string": section(text={"type": "mrkdwn", "text": 5}),
    "any.boolean": section(expand="yes"),
    "any.integer": chosen("external_select", min_query_length="3"),
    "any.object": section(text="bare"),
    "any.array": section(fields="x"),
    "any.unknown_field": section(colour="red"),
    "text_object.type": section(text={"type": "html", "text": "x"}),
    "plain_text.text.required": section(text={"type": "plain_text"}),
    "plain_text.text.shortest": section(text=plain("")),
    "mrkdwn.text.required": section(text={"type": "mrkdwn"}),
    "mrkdwn.text.shortest": section(text=md("")),
    "block_id.longest": section(block_id="x" * 256),
    "block_id.shortest": section(block_id=""),
    "action_id.longest": pressed(action_id="x" * 256),
    "action_id.shortest": pressed(action_id=""),
    "placeholder.kind": chosen("static_select", placeholder=md("x")),
    "placeholder.longest": chosen("static_select", placeholder=plain("x" * 151)),
}
BLOCKS: dict[str, Json] = {
    "block.type": {"type": "file", "external_id": "x", "source": "remote"},
    "section.text.longest": section(text=md("x" * 3001)),
    "section.fields.most": section(fields=[md("x")] * 11),
    "section.fields.fewest": section(fields=[]),
    "section.fields[].longest": section(fields=[md("x" * 2001)]),
    "section.any_of": {"type": "section"},
    "header.text.required": {"type": "header"},
    "header.text.kind": header(text=md("x")),
    "header.text.longest": header(text=plain("x" * 151)),
    "image.alt_text.required": without(picture(), "alt_text"),
    "image.alt_text.longest": picture(alt_text="x" * 2001),
    "image.alt_text.shortest": picture(alt_text=""),
    "image.image_url.longest": picture(image_url="https://a.example/" + "x" * 2983),
    "image.image_url.form": picture(image_url="javascript:x"),
    "image.title.kind": picture(title=md("x")),
    "image.title.longest": picture(title=plain("x" * 2001)),
    "image.either": picture(slack_file={"id": "F1"}),
    "slack_file.id.shortest": filed(id=""),
    "slack_file.either": filed(id="F1", url="https://a.example"),
    "slack_file.url.longest": filed(url="https://a.example/" + "x" * 2983),
    "slack_file.url.form": filed(url="F1"),
    "context.elements.required": {"type": "context"},
    "context.elements.most": context(*[md("x")] * 11),
    "context.elements.fewest": context(),
    "context.elements[].longest": context(md("x" * 3001)),
    "actions.elements.required": {"type": "actions"},
    "actions.elements.most": actions(*(button(action_id=f"{n}") for n in range(26))),
    "actions.elements.fewest": actions(),
    "actions.action_id": actions(button(), button()),
    "input.label.required": without(asking({"type": "plain_text_input"}), "label"),
    "input.element.required": without(asking({}), "element"),
    "input.label.kind": asking({"type": "plain_text_input"}, label=md("x")),
    "input.label.longest": asking({"type": "plain_text_input"}, label=plain("x" * 2001)),
    "input.hint.kind": asking({"type": "plain_text_input"}, hint=md("x")),
    "input.hint.longest": asking({"type": "plain_text_input"}, hint=plain("x" * 2001)),
    "input.file_input": modal(asking({"type": "file_input"}, dispatch_action=True)),
    "markdown.surfaces": home({"type": "markdown", "text": "x"}),
    "markdown.text.required": {"type": "markdown"},
    "markdown.text.longest": {"type": "markdown", "text": "x" * 12_001},
    "markdown.text.shortest": {"type": "markdown", "text": ""},
    "alert.surfaces": {"type": "alert", "text": md("x")},
    "alert.text.required": modal({"type": "alert"}),
    "alert.text.longest": modal({"type": "alert", "text": md("x" * 201)}),
    "alert.level.enum": modal({"type": "alert", "text": md("x"), "level": "loud"}),
    "card.title.longest": {"type": "card", "title": md("x" * 151)},
    "card.subtitle.longest": {"type": "card", "title": md("x"), "subtitle": md("x" * 151)},
    "card.body.longest": {"type": "card", "body": md("x" * 201)},
    "card.actions.most": {"type": "card", "actions": [button()] * 4},
    "card.actions.fewest": {"type": "card", "title": md("x"), "actions": []},
    "card.any_of": {"type": "card"},
    "card.action_id": {"type": "card", "actions": [button(), button()]},
    "card_image.type": {"type": "card", "hero_image": button()},
    "card_action.type": {"type": "card", "actions": [element("overflow")]},
}
ELEMENTS: dict[str, Json] = {
    "element.type": actions({"type": "slider"}),
    "button.parents": asking(button()),
    "button.text.required": actions({"type": "button"}),
    "button.text.kind": pressed(text=md("x")),
    "button.text.longest": pressed(text=plain("x" * 76)),
    "button.value.longest": pressed(value="x" * 2001),
    "button.url.longest": pressed(url="https://a.example/" + "x" * 2983),
    "button.url.form": pressed(url="not a link"),
    "button.style.enum": pressed(style="green"),
    "button.accessibility_label.longest": pressed(accessibility_label="x" * 76),
    **{f"confirm.{n}.required": pressed(confirm=without(confirm(), n)) for n in confirm()},
    "confirm.title.kind": asked(title=md("x")),
    "confirm.title.longest": asked(title=plain("x" * 101)),
    "confirm.text.longest": asked(text=plain("x" * 301)),
    "confirm.confirm.kind": asked(confirm=md("x")),
    "confirm.confirm.longest": asked(confirm=plain("x" * 31)),
    "confirm.deny.kind": asked(deny=md("x")),
    "confirm.deny.longest": asked(deny=plain("x" * 31)),
    "confirm.style.enum": asked(style="green"),
    "image_element.parents": actions(picture()),
    "image_element.alt_text.required": context(without(picture(), "alt_text")),
    "image_element.alt_text.longest": context(picture(alt_text="x" * 2001)),
    "image_element.alt_text.shortest": context(picture(alt_text="")),
    "image_element.image_url.longest": context(picture(image_url="https://a.b/" + "x" * 2989)),
    "image_element.image_url.form": context(picture(image_url="a.png")),
    "image_element.either": context({"type": "image", "alt_text": "x"}),
    "datepicker.initial_date.form": chosen("datepicker", initial_date="2026-02-30"),
    "timepicker.initial_time.form": chosen("timepicker", initial_time="9:00"),
    "timepicker.timezone.form": chosen("timepicker", timezone="Rome"),
    "datetimepicker.surfaces": home(chosen("datetimepicker")),
    "datetimepicker.parents": section(accessory={"type": "datetimepicker"}),
    "datetimepicker.initial_date_time.range": chosen("datetimepicker", initial_date_time=1),
    "overflow.parents": asking(element("overflow")),
    "plain_text_input.parents": actions({"type": "plain_text_input"}),
    "plain_text_input.min_length.range": typed("plain_text_input", min_length=3001),
    "plain_text_input.max_length.range": typed("plain_text_input", max_length=3001),
    "plain_text_input.order": typed("plain_text_input", min_length=9, max_length=3),
    "plain_text_input.initial": typed("plain_text_input", initial_value="abcd", max_length=3),
    "dispatch_action_config.trigger_actions_on.required": typed(
        "plain_text_input", dispatch_action_config={}
    ),
    "dispatch_action_config.trigger_actions_on.most": typed(
        "plain_text_input", dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"] * 3}
    ),
    "dispatch_action_config.trigger_actions_on.fewest": typed(
        "plain_text_input", dispatch_action_config={"trigger_actions_on": []}
    ),
    "dispatch_action_config.trigger_actions_on[].enum": typed(
        "plain_text_input", dispatch_action_config={"trigger_actions_on": ["on_blur"]}
    ),
    "rich_text_input.surfaces": asking({"type": "rich_text_input"}),
    "rich_text_input.parents": modal(actions({"type": "rich_text_input"})),
    "rich_text_value.type": typed("rich_text_input", initial_value=section()),
    "rich_text_input.min_lines.range": typed("rich_text_input", min_lines=0),
    "rich_text_input.max_lines.range": typed("rich_text_input", max_lines=101),
    "email_text_input.surfaces": home(asking({"type": "email_text_input"})),
    "email_text_input.parents": modal(actions({"type": "email_text_input"})),
    "url_text_input.surfaces": asking({"type": "url_text_input"}),
    "url_text_input.parents": modal(section(accessory={"type": "url_text_input"})),
    "number_input.surfaces": home(asking(element("number_input"))),
    "number_input.parents": modal(actions(element("number_input"))),
    "number_input.is_decimal_allowed.required": modal(asking({"type": "number_input"})),
    "number_input.initial_value.form": typed("number_input", initial_value="many"),
    "number_input.min_value.form": typed("number_input", min_value=""),
    "number_input.max_value.form": typed("number_input", max_value="1e5"),
    "number_input.initial": typed("number_input", initial_value="6", max_value="5"),
    "number_input.order": typed("number_input", min_value="5", max_value="1"),
    "file_input.surfaces": asking({"type": "file_input"}),
    "file_input.parents": modal(actions({"type": "file_input"})),
    "file_input.max_files.range": typed("file_input", max_files=11),
    "file_input.filetypes.fewest": typed("file_input", filetypes=[]),
    "file_input.filetypes[].shortest": typed("file_input", filetypes=[""]),
}
CHOICES: dict[str, Json] = {
    **{
        f"{kind}.options.required": actions({"type": kind})
        for kind in ("checkboxes", "radio_buttons", "overflow")
    },
    **{
        f"{kind}.options.fewest": chosen(kind, options=[])
        for kind in (
            "checkboxes",
            "radio_buttons",
            "overflow",
            "static_select",
            "multi_static_select",
        )
    },
    "checkboxes.options.most": chosen("checkboxes", options=[option("A")] * 11),
    "radio_buttons.options.most": chosen("radio_buttons", options=[option("A")] * 11),
    "overflow.options.most": chosen("overflow", options=[option("A")] * 6),
    "checkboxes.initial_options.most": chosen("checkboxes", initial_options=[option("One")] * 11),
    "checkboxes.initial_options.fewest": chosen("checkboxes", initial_options=[]),
    "checkboxes.initial_count": chosen("checkboxes", initial_options=[option("One")] * 2),
    **{
        f"multi_{kind}.initial_count": chosen(f"multi_{kind}", **{f"initial_{word}s": [one] * 2})
        for kind, word, one in (
            ("static_select", "option", option("One")),
            ("external_select", "option", option("One")),
            ("users_select", "user", "U1"),
            ("channels_select", "channel", "C1"),
            ("conversations_select", "conversation", "C1"),
        )
    },
    **{
        f"{kind}.values": chosen(kind, options=[option("A"), option("A")])
        for kind in ("checkboxes", "radio_buttons", "static_select", "multi_static_select")
    },
    "option_group.values": chosen(
        "static_select", options=None, option_groups=[group(options=[option("A")] * 2)]
    ),
    "checkboxes.initial": chosen("checkboxes", initial_options=[option("Two")]),
    "radio_buttons.initial": chosen("radio_buttons", initial_option=option("Two")),
    **{
        f"{name}.{field}.required": one_option(kind, **{field: None})
        for kind, name in OPTIONS.items()
        for field in ("text", "value")
    },
    **{
        f"{name}.{field}.longest": one_option(kind, **{field: plain("x" * 76)})
        for kind, name in OPTIONS.items()
        for field in ("text", "description")
    },
    **{
        f"{name}.{field}.kind": one_option(kind, **{field: md("x")})
        for kind, name in OPTIONS.items()
        for field in ("text", "description")
        if name != "choice"
    },
    **{f"{name}.value.longest": one_option(kind, value="x" * 76) for kind, name in OPTIONS.items()},
    **{f"{name}.value.shortest": one_option(kind, value="") for kind, name in OPTIONS.items()},
    "overflow_option.url.longest": one_option("overflow", url="https://a.b/" + "x" * 2989),
    "overflow_option.url.form": one_option("overflow", url="not a link"),
    **{
        f"{kind}.options.most": chosen(kind, options=[option("One")] * 101)
        for kind in ("static_select", "multi_static_select")
    },
    **{
        f"{kind}.option_groups.{rule}": actions({"type": kind, "option_groups": groups})
        for kind in ("static_select", "multi_static_select")
        for rule, groups in (("most", [group()] * 101), ("fewest", []))
    },
    "option_group.label.required": actions(
        {"type": "static_select", "option_groups": [without(group(), "label")]}
    ),
    "option_group.options.required": actions(
        {"type": "static_select", "option_groups": [without(group(), "options")]}
    ),
    **{
        f"option_group.{rule}": actions(
            {"type": "static_select", "option_groups": [group(**{field: value})]}
        )
        for rule, field, value in (
            ("label.kind", "label", md("x")),
            ("label.longest", "label", plain("x" * 76)),
            ("options.most", "options", [option("A")] * 101),
            ("options.fewest", "options", []),
        )
    },
    "static_select.either": chosen("static_select", option_groups=[group()]),
    "multi_static_select.either": actions({"type": "multi_static_select"}),
    "static_select.initial": chosen("static_select", initial_option=option("Two")),
    "multi_static_select.initial": chosen("multi_static_select", initial_options=[option("Two")]),
    "multi_static_select.initial_options.fewest": chosen("multi_static_select", initial_options=[]),
    "max_selected_items.range": chosen("multi_static_select", max_selected_items=0),
    "external_select.min_query_length.range": chosen("external_select", min_query_length=-1),
    "multi_external_select.min_query_length.range": chosen(
        "multi_external_select", min_query_length=-1
    ),
    "multi_external_select.initial_options.fewest": chosen(
        "multi_external_select", initial_options=[]
    ),
    **{
        f"{word}s_select.initial_{word}.shortest": chosen(
            f"{word}s_select", **{f"initial_{word}": ""}
        )
        for word in ("user", "channel", "conversation")
    },
    **{
        f"multi_{word}s_select.initial_{word}s{rule}": chosen(
            f"multi_{word}s_select", **{f"initial_{word}s": value}
        )
        for word in ("user", "channel", "conversation")
        for rule, value in ((".fewest", []), ("[].shortest", [""]))
    },
    **{
        f"{kind}.response_url": modal(chosen(kind, response_url_enabled=True))
        for kind in ("channels_select", "conversations_select")
    },
    "filter.empty": chosen("conversations_select", filter={}),
    "filter.include.fewest": chosen("conversations_select", filter={"include": []}),
    "filter.include[].enum": chosen("conversations_select", filter={"include": ["all"]}),
}
RICH_TEXT: dict[str, Json] = {
    "rich_text.elements.required": {"type": "rich_text"},
    "rich_text.elements.fewest": rich_block(),
    "rich_text_element.type": rich_block({"type": "text", "text": "x"}),
    "rich_text_part.type": part("blink", text="x"),
    "rich_text_item.type": rich_block(bullets(elements=[{"type": "text", "text": "x"}])),
    **{
        f"{kind}.elements.required": rich_block({"type": kind, "style": "bullet"})
        if kind == "rich_text_list"
        else rich_block({"type": kind})
        for kind in (
            "rich_text_section",
            "rich_text_list",
            "rich_text_quote",
            "rich_text_preformatted",
        )
    },
    **{
        f"{kind}.elements.fewest": rich_block({"type": kind, "style": "bullet", "elements": []})
        if kind == "rich_text_list"
        else rich_block({"type": kind, "elements": []})
        for kind in (
            "rich_text_section",
            "rich_text_list",
            "rich_text_quote",
            "rich_text_preformatted",
        )
    },
    "rich_text_list.style.required": rich_block(without(bullets(), "style")),
    "rich_text_list.style.enum": rich_block(bullets(style="dash")),
    "rich_text_list.indent.range": rich_block(bullets(indent=9)),
    "rich_text_list.offset.range": rich_block(bullets(offset=-1)),
    **{
        f"{kind}.border.range": rich_block({**bullets(border=2), "type": kind})
        if kind == "rich_text_list"
        else rich_block({"type": kind, "elements": [WORD], "border": 2})
        for kind in ("rich_text_list", "rich_text_quote", "rich_text_preformatted")
    },
    "rich_text.text.text.required": part("text"),
    "rich_text.text.text.longest": part("text", text="x" * 3001),
    "rich_text.text.text.shortest": part("text", text=""),
    "rich_text.link.url.required": part("link"),
    "rich_text.link.url.form": part("link", url="not a link"),
    "rich_text.link.text.longest": part("link", url="https://a.b", text="x" * 3001),
    "rich_text.link.text.shortest": part("link", url="https://a.b", text=""),
    **{
        f"rich_text.{kind}.{field}.{rule}": part(kind, **given)
        for kind, field in (
            ("user", "user_id"),
            ("usergroup", "usergroup_id"),
            ("channel", "channel_id"),
            ("emoji", "name"),
            ("color", "value"),
        )
        for rule, given in (("required", {}), ("shortest", {field: ""}))
    },
    "rich_text.broadcast.range.required": part("broadcast"),
    "rich_text.broadcast.range.enum": part("broadcast", range="all"),
    "rich_text.date.timestamp.required": part("date", format="{date}"),
    "rich_text.date.format.required": part("date", timestamp=0),
    "rich_text.date.timestamp.range": part("date", timestamp=-1, format="{date}"),
    "rich_text.date.format.shortest": part("date", timestamp=0, format=""),
    "rich_text.date.url.form": part("date", timestamp=0, format="{date}", url="not a link"),
}
WHOLE: dict[str, Any] = {
    "message.blocks.most": [{"type": "divider"}] * 51,
    "message.block_id": [{"type": "divider", "block_id": "b"}] * 2,
    "message.markdown": [{"type": "markdown", "text": "x" * 6001}] * 2,
    "modal.type.required": without(modal(), "type"),
    "modal.type.enum": modal(type="dialog"),
    "modal.title.required": without(modal(), "title"),
    "modal.title.kind": modal(title=md("x")),
    "modal.title.longest": modal(title=plain("x" * 25)),
    "modal.submit": without(modal(asking({"type": "plain_text_input"})), "submit"),
    "modal.submit.kind": modal(submit=md("x")),
    "modal.submit.longest": modal(submit=plain("x" * 25)),
    "modal.close.kind": modal(close=md("x")),
    "modal.close.longest": modal(close=plain("x" * 25)),
    "home.type.required": without(home(), "type"),
    "home.type.enum": home(type="page"),
    **{
        f"{kind}.{rule}": whole(**given)
        for kind, whole in (("modal", modal), ("home", home))
        for rule, given in (
            ("blocks.required", {"blocks": None}),
            ("blocks.most", {"blocks": [{"type": "divider"}] * 101}),
            ("blocks.fewest", {"blocks": []}),
            ("block_id", {"blocks": [{"type": "divider", "block_id": "b"}] * 2}),
            ("focus_on_load", {"blocks": [chosen("datepicker", focus_on_load=True)] * 2}),
            ("private_metadata.longest", {"private_metadata": "x" * 3001}),
            ("callback_id.longest", {"callback_id": "x" * 256}),
            ("external_id.longest", {"external_id": "x" * 256}),
        )
    },
    "message.focus_on_load": [chosen("datepicker", focus_on_load=True)] * 2,
    "suggestion.options.most": {"options": [option("A")] * 101},
    "suggestion.option_groups.most": {"option_groups": [group()] * 101},
    "suggestion.either": {},
}
BREAKS: dict[str, Any] = EVERYWHERE | BLOCKS | ELEMENTS | CHOICES | RICH_TEXT | WHOLE
