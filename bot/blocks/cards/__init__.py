"""Cards, their threads, and the client's side of them."""
