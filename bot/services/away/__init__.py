"""Absences: entered, taken from a status, what falls into them, and coming back."""
