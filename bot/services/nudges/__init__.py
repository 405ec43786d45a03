"""Clocks and their steps: promises, aims, pauses; who hears of each, when, and when that is planned anew."""
