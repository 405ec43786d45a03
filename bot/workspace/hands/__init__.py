"""A person's hands: find what they mean by a label, a field's name, a time in their own words. Pure functions."""
