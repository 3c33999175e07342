"""Weeks in a cohort's life, played in minutes: the real bot, made-up members, a bad network."""
