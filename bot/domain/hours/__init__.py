"""Calendars and settings of hours, and times that can be promised by them."""
