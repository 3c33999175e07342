"""The simulation, and who judges it."""
