extension SQLTransaction {
    /// Takes an advisory lock of this schema until the transaction ends, for what has no row yet. SQLite's writers wait for
    /// each other anyway. Read after locking: what was read before may be outdated.
    package func lock(_ name: String) throws {
        guard dialect == .postgresql else { return }
        // Names with the same hash wait for each other without need, with no other effect.
        _ = try query("SELECT pg_advisory_xact_lock(hashtext(current_schema()), hashtext(\(name)))")
    }
}
