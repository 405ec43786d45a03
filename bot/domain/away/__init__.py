"""Absences, and the Slack statuses that mean one."""
