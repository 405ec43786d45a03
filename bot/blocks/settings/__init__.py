"""The windows in which hours and settings are changed."""
