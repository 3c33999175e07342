"""The conversation: what a member does, one errand a file. This is its table of contents."""

from slack_bolt.app.async_app import AsyncApp

from handlers import (
    about,
    calendar_files,
    contact_lists,
    contacts,
    debrief,
    debrief_dm,
    draft_check,
    drafts,
    dream,
    entries,
    followups,
    guide,
    help,
    home,
    interviews,
    late_replies,
    limits,
    merging,
    messages,
    names,
    nudges,
    prepare,
    research,
    settings,
    talk_menu,
    talk_nudges,
)


def register_all(app: AsyncApp, prefix: str = "") -> None:
    """Register every listener; `prefix` is what the workspace puts before the commands."""
    contacts.register(app, prefix)
    contact_lists.register(app)
    about.register(app)
    dream.register(app)
    merging.register(app)
    entries.register(app)
    names.register(app)
    interviews.register(app, prefix)
    prepare.register(app)
    research.register(app)
    talk_menu.register(app)
    calendar_files.register(app)
    debrief.register(app)
    debrief_dm.register(app)
    nudges.register(app)
    talk_nudges.register(app)
    drafts.register(app)
    draft_check.register(app)
    followups.register(app, prefix)
    settings.register(app)
    limits.register(app)
    messages.register(app)
    late_replies.register(app)
    home.register(app)
    guide.register(app)
    help.register(app, prefix)
    help.register_last(app)
