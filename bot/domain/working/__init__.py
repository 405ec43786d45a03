"""The parts of the working-time calculator."""
