"""Windows about a request: looking a reply through, sending it, a new request, a client's profile."""
