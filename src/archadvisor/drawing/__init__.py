"""Pictures, by libraries that are imported only here."""
