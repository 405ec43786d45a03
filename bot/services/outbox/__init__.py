"""The way out: rows of the outbox are rendered, paced, sent, and what became of each is recorded."""
