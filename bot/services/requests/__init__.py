"""What people do with a request: claim it, hand it over, let it wait, close it; and whose it is."""
