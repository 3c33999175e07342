"""What Slack insists on beyond blocks: in calls, views, answers (slack-platform.md 1.1, 2.8, 4)."""

from collections.abc import Sequence

from sandbox.errors import SlackError
from sandbox.rules.checks import IN_BLOCKS, Problem, Rule

LONGEST_METADATA = 8_000  # bytes; that there is a limit is documented, how large it is, is not
LARGEST_VIEW = 250_000  # bytes
LONGEST_UPDATE = 4_000
LONGEST_EPHEMERAL = 4_000  # bytes
LONGEST_MARKDOWN = 12_000
# Slack's own people speak of 12,000 "with a buffer for block containers"; 11,341 were refused
# (bolt-js issues 2509 and 2867).
MOST_TEXT_IN_BLOCKS = 10_000
MOST_ATTACHMENTS = 100
LARGEST_SNIPPET = 1_000_000  # bytes: "1 MB", read strictly
LONGEST_NAME = 100  # of an argument; "very long names" are refused, how long those are, is not said
# slack-platform.md 2.8 describes the first two rows and has no list: this is the stricter reading,
# all that slack_sdk's WebhookClient.send and Bolt's ack know.
ANSWER_FIELDS = (
    *("text", "blocks", "attachments", "response_type", "replace_original", "delete_original"),
    *("unfurl_links", "unfurl_media", "metadata", "thread_ts", "mrkdwn"),
)
# Those of them that are true or false, and those that are strings.
ANSWER_SWITCHES = ("replace_original", "delete_original", "unfurl_links", "unfurl_media", "mrkdwn")
ANSWER_TEXTS = ("text", "response_type", "thread_ts")
RESPONSE_TYPES = ("in_channel", "ephemeral")
# What may be answered to a submission, and what belongs to each.
RESPONSE_ACTIONS = {"clear": (), "update": ("view",), "push": ("view",), "errors": ("errors",)}

_POST, _VIEWS, _OPEN = "4.2 chat.postMessage", "4.2 views.*", "4.2 conversations.open"
_ANSWERS = "2.8 what the app may answer"
_TABLE = (
    Rule("api.method", "4.2", "a method that there is", "unknown_method"),
    Rule("api.token.given", "4.1; 4.3", "a token, as Bearer or in a form", "not_authed"),
    Rule("api.token.known", "4.3 dead credentials", "a token that Slack gave", "invalid_auth"),
    Rule("api.token.kind", "4.3 config", "the kind of token", "not_allowed_token_type"),
    Rule("api.token.alive", "4.3 dead credentials", "an installed app", "account_inactive"),
    Rule("api.token.revoked", "4.3 dead credentials", "a token not revoked", "token_revoked"),
    Rule("api.scope", "4.1", "a scope that was granted", "missing_scope"),
    Rule("api.json", "DOC web-api", "JSON where it says JSON", "invalid_json"),
    Rule("api.json.object", "DOC web-api", "an object in it", "json_not_object"),
    Rule("api.form", "4.3 caller bug", "a form where it says a form", "invalid_form_data"),
    Rule("api.body.type", "4.3 caller bug", "JSON, a form or plain text", "invalid_post_type"),
    Rule("api.body.named", "4.3 caller bug", "a Content-Type for a body", "missing_post_type"),
    Rule("api.charset", "4.3 caller bug", "utf-8 or iso-8859-1", "invalid_charset"),
    Rule(
        "api.argument",
        "4.3 caller bug",
        f"names of letters, digits and _, {LONGEST_NAME} at most (a guess)",
        "invalid_arg_name",
    ),
    Rule("api.argument.array", "4.3 caller bug", "no name like users[0]", "invalid_array_arg"),
    Rule("api.required", "1.6 error shape", "what must be given", "invalid_arguments"),
    Rule("api.type", "1.6 error shape", "arguments of their types", "invalid_arguments"),
    Rule("api.pace", "4.1", "no more calls of a method than its tier allows", "ratelimited"),
    Rule("api.pace.channel", "4.1", "a message a second in a channel", "ratelimited"),
    Rule("chat.channel", _POST, "a conversation that there is", "channel_not_found"),
    Rule("chat.org", _POST, "by id where the token is an organisation's", "team_not_found"),
    Rule("chat.member", _POST, "one that the app is in", "not_in_channel"),
    Rule("chat.bot", "4.3 target gone", "no DM with a bot", "cannot_dm_bot"),
    Rule("chat.deactivated", "4.3 target gone", "nobody who has left", "user_disabled"),
    Rule("chat.archived", "4.3 target gone", "no DM of one who has left", "is_archived"),
    Rule("chat.messages_tab", _POST, "a Messages tab for DMs", "messages_tab_disabled"),
    Rule("chat.customize", _POST, "chat:write.customize for a name or icon", "missing_scope"),
    Rule("chat.text", _POST, "text, blocks or attachments", "no_text"),
    Rule("chat.text.type", "1.6 error shape", "text is a string", "invalid_arguments"),
    Rule("chat.blocks.format", "1.6", "blocks are a list of objects", "invalid_blocks_format"),
    Rule(
        "chat.blocks.text",
        "4.2 chat.postMessage; bolt-js issue 2867",
        f"at most {MOST_TEXT_IN_BLOCKS} characters in all blocks of a message",
        "msg_blocks_too_long",
    ),
    Rule(
        "chat.attachments.format",
        _POST,
        "attachments are a list of objects",
        "invalid_attachments_format",
    ),
    Rule(
        "chat.attachments.block_id",
        "1.2 all blocks",
        "block_id unique in a message, its attachments' blocks included",
        IN_BLOCKS,
    ),
    Rule("chat.attachments.most", "1.1", "at most 100 attachments", "too_many_attachments"),
    Rule("chat.markdown.alone", "1.1", "markdown_text alone", "markdown_text_conflict"),
    Rule("chat.markdown.longest", "1.1", "at most 12000 characters of it", "msg_too_long"),
    Rule(
        "chat.metadata.form",
        "9; TYPES message-metadata",
        "event_type and event_payload, nothing else",
        "invalid_metadata_format",
    ),
    Rule(
        "chat.metadata.values",
        "TYPES message-metadata",
        "event_payload of texts, numbers, switches, flat objects or lists of those",
        "invalid_metadata_format",
    ),
    Rule(
        "chat.metadata.size",
        _POST,
        f"at most {LONGEST_METADATA} bytes of metadata (a guess)",
        "metadata_too_large",
    ),
    Rule("chat.thread", _POST, "a thread that there is", "thread_not_found"),
    Rule("chat.thread.kind", _POST, "not on a private answer", "cannot_reply_to_message"),
    Rule(
        "chat.postEphemeral.member",
        "4.2 chat.postEphemeral",
        "for one who is there",
        "user_not_in_channel",
    ),
    Rule("chat.postEphemeral.longest", "1.1", "at most 4000 bytes of text", "msg_too_long"),
    Rule("chat.update.longest", "1.1", "at most 4000 characters of text", "msg_too_long"),
    Rule("chat.update.own", "4.2 chat.update", "the app's own message", "cant_update_message"),
    Rule("chat.update.active", "4.2 chat.update", "not in a DM of one who left", "is_inactive"),
    Rule("chat.update.rich", "4.2 chat.update", "rich text for rich text", "block_mismatch"),
    Rule("chat.delete.own", "4.2 chat.delete", "the app's own message", "cant_delete_message"),
    Rule("chat.message", "4.2 chat.update", "a message that stands there", "message_not_found"),
    Rule("views.trigger.given", _VIEWS, "a trigger_id", "invalid_arguments"),
    Rule("views.trigger.known", "3 trigger_id", "one that Slack gave", "invalid_trigger_id"),
    Rule("views.trigger.once", "3 trigger_id", "used once", "exchanged_trigger_id"),
    Rule("views.trigger.soon", "3 trigger_id", "within 3 seconds", "expired_trigger_id"),
    Rule("views.size", "1.1", f"at most {LARGEST_VIEW} bytes", "view_too_large"),
    Rule("views.external_id", "1.5", "external_id unique in the team", "duplicate_external_id"),
    Rule("views.file_input", "1.3 file_input", "files:read for a file_input", "invalid_arguments"),
    Rule(
        "views.push.trigger",
        "1.1 modal view stack",
        "pushed by what was done in a modal (the error is a guess)",
        "invalid_trigger_id",
    ),
    Rule("views.push.open", _VIEWS, "pushed on an open modal", "not_found"),
    Rule("views.push.most", "1.1", "at most 3 modals on the stack", "push_limit_reached"),
    Rule("views.update.named", _VIEWS, "view_id or external_id", "invalid_arguments"),
    Rule("views.update.open", _VIEWS, "a view that is still there", "not_found"),
    Rule("views.hash", _VIEWS, "the hash of the view as it stands", "hash_conflict"),
    Rule("views.publish.tab", _VIEWS, "a Home tab", "not_enabled"),
    Rule("views.publish.user", _VIEWS, "for a person whom the app may see", "invalid_arguments"),
    Rule("conversations.open.users", _OPEN, "somebody to talk to", "users_list_not_supplied"),
    Rule("conversations.open.scope", _OPEN, "im:write for one", "missing_scope"),
    Rule("conversations.open.one", _OPEN, "mpim:write for several", "missing_scope"),
    Rule("conversations.open.most", _OPEN, "at most 8", "too_many_users"),
    Rule("conversations.open.fewest", _OPEN, "at least 2 of several", "not_enough_users"),
    Rule(
        "conversations.open.together",
        f"{_OPEN}; APIREF",
        "people of other organisations who share a channel",
        "invalid_user_combination",
    ),
    Rule("conversations.open.visible", _OPEN, "whom the app may see", "user_not_visible"),
    Rule("conversations.open.known", _OPEN, "somebody who is there", "user_not_found"),
    Rule("conversations.open.person", _OPEN, "a person", "cannot_dm_bot"),
    Rule("conversations.open.active", _OPEN, "who has not left", "user_disabled"),
    Rule(
        "conversations.open.kind",
        _OPEN,
        "a direct conversation",
        "method_not_supported_for_channel_type",
    ),
    Rule("conversations.channel", "4.2 conversations.*", "one that there is", "channel_not_found"),
    Rule("conversations.scope", "4.2 conversations.*", "a scope for its kind", "missing_scope"),
    Rule("conversations.member", "4.2 conversations.*", "that the app is in", "not_in_channel"),
    Rule("conversations.oldest", "9; APIREF", "oldest is a moment", "invalid_ts_oldest"),
    Rule("conversations.latest", "9; APIREF", "latest is a moment", "invalid_ts_latest"),
    Rule("paging.limit", "4.1 pagination", "limit from 1 to 999", "invalid_limit"),
    Rule("paging.needed", "4.2 users.list", "a limit for more than 999", "limit_required"),
    Rule("paging.cursor", "4.1 pagination", "a cursor that Slack gave", "invalid_cursor"),
    Rule("users.known", "4.2 users.info", "somebody who is there", "user_not_found"),
    Rule("users.visible", "4.2 users.info", "whom the app may see", "user_not_visible"),
    Rule("users.email", "4.2 users.lookupByEmail", "somebody's address", "users_not_found"),
    Rule("team.known", "4.2 team.info", "the app's own team", "team_not_found"),
    Rule(
        "files.picture.access",
        "1.4 slack_file",
        "a file by slack_file that the app has or was shown",
        IN_BLOCKS,
    ),
    Rule("files.picture.format", "1.2 image", "a file that is png, jpg or gif", IN_BLOCKS),
    Rule("files.length", "4.2 files.*", "length at least 1", "invalid_arguments"),
    Rule("files.alt_txt", "4.2 files.*", "alt_txt at most 1000", "alt_txt_too_large"),
    Rule(
        "files.snippet",
        "4.2 files.*",
        f"at most {LARGEST_SNIPPET} bytes of a snippet",
        "file_upload_size_restricted",
    ),
    Rule(
        "files.bytes",
        "4.2 files.*",
        "as many bytes as were told, once, where Slack said (the error is a guess)",
        "upload_refused",
    ),
    Rule("files.uploaded", "4.2 files.*", "a file that came up", "file_not_found"),
    Rule("files.channel", "4.2 files.*", "a conversation by its id", "channel_not_found"),
    Rule("files.channels.most", "4.2 files.*", "at most 100", "channels_limit_exceeded"),
    Rule("sockets.post", "APIREF apps.connections.open", "by POST", "insecure_request"),
    Rule(
        "sockets.enabled",
        "5.1 settings; APIREF apps.connections.open",
        "socket_mode_enabled in the manifest",
        "socket_mode_not_enabled",
    ),
    Rule("sockets.most", "3.1", "at most 10 connections", "too_many_websockets"),
    Rule("response_url.known", "2.8 response_url", "one that Slack gave", "invalid_url"),
    Rule("response_url.soon", "2.8 response_url", "within 30 minutes", "expired_url"),
    Rule("response_url.five", "2.8 response_url", "at most 5 times", "used_url"),
    Rule(
        "response_url.thread",
        "2.6 message shortcuts",
        "no answer in the thread where a message's shortcut was used (the error is a guess)",
        "cannot_reply_to_message",
    ),
    Rule(
        "answer.field",
        f"{_ANSWERS}; SDK WebhookClient.send",
        f"no fields but {', '.join(ANSWER_FIELDS)}; to a submission what its action needs",
        "invalid_arguments",
    ),
    Rule(
        "answer.field.type",
        f"{_ANSWERS}; SDK WebhookClient.send",
        f"true or false for {', '.join(ANSWER_SWITCHES)}; a string for {', '.join(ANSWER_TEXTS)}",
        "invalid_arguments",
    ),
    Rule(
        "answer.response_type",
        _ANSWERS,
        f"a response_type of {', '.join(RESPONSE_TYPES)}",
        "invalid_arguments",
    ),
    Rule("answer.empty", _ANSWERS, "nothing where Slack takes no answer", "invalid_arguments"),
    Rule("answer.action", _ANSWERS, "a response_action that there is", "invalid_arguments"),
    Rule("answer.errors", _ANSWERS, "errors under input blocks", "invalid_arguments"),
    Rule("answer.errors.text", _ANSWERS, "each of them a text", "invalid_arguments"),
)
# Every rule of this file by its id.
METHOD_RULES: dict[str, Rule] = {rule.id: rule for rule in _TABLE}


def broken(rule_id: str, *said: str, **fields: str) -> SlackError:
    """The refusal for one of these rules; `said`: Slack's hints, without "[ERROR]"."""
    messages = [f"[ERROR] {hint}" for hint in said]
    return SlackError(METHOD_RULES[rule_id].code, messages, rules=(rule_id,), **fields)


def broken_in(code: str, problems: Sequence[Problem]) -> SlackError:
    """The refusal for what is wrong in blocks or a view."""
    rules = tuple(problem.rule for problem in problems)
    return SlackError(code, [problem.text for problem in problems], rules=rules)
