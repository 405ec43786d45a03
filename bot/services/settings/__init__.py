"""Saving hours and settings, and what the windows show of them."""
