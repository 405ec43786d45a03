"""The way in: what clients and members write becomes requests and messages."""
