"""Ladders of nudges: rungs, who hears, who is relied on, and why then."""
