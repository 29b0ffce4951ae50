"""Names of persons: taken apart, compared, and told from other words."""
