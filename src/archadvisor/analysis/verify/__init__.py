"""Whether a pack has holes: its conditions as regions of facts, held against each other."""
