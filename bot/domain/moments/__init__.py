"""Times as people write them, read."""
