extension SQLTransaction {
    /// Waits until no other transaction of this schema holds the name, and holds it until this one ends: for what no row
    /// stands for yet. SQLite's writers wait for each other anyway. Look afterwards: what was read before may be old.
    package func lock(_ name: String) throws {
        guard dialect == .postgresql else { return }
        // Names whose hashes are the same wait for each other without need, and that is all.
        _ = try query("SELECT pg_advisory_xact_lock(hashtext(current_schema()), hashtext(\(name)))")
    }
}
