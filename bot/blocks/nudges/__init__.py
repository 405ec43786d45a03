"""Nudges, bundles of them, and the words in them."""
