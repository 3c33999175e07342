"""The rules of the practice: small pure libraries at most; no Slack, no SQL, no clock."""
