"""How fast Rapport is beside the floor and beside what others do: `make bench`."""
