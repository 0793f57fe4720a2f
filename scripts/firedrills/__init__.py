"""What scripts/drills consists of: the running shop, its customers, the runbooks, and the drills."""
