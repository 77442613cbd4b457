"""Questions asked of the engine."""
