"""Facts, rules and decisions: pure, with the day as an argument."""
