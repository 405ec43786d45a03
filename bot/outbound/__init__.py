"""One file per way out; errors are permanent, temporary or ambiguous. Only this package talks to the outside."""
