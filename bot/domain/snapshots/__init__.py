"""What a person is shown, as frozen values: the store reads them, services hand them out, blocks draw them."""
