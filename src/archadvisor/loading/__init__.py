"""Files to values: the only place that reads."""
