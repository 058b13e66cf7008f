"""How the institution stands, for all who work here."""
