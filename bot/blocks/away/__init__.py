"""Absences: their window, their list, and the messages about them."""
