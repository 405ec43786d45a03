"""Whose hours hold when, and who is there."""
