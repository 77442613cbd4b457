"""Real files of other tools, held against what a careful reader finds in them."""
