"""Headsup: clients are heard, know when they will hear again, and are told before a promised time slips."""
