"""The way to the client: a reply looked through, approved, undone, and what its fate means."""
