"""Raw payloads become incoming messages: one file per source, pure, errors as values."""
