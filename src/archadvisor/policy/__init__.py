"""What a team has accepted or settled, held against the advice."""
