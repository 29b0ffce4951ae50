"""What git knows: where files stand, what they were, what it ignores."""
