"""Reads for people: cards, queues, App Home, a glance at everything."""
