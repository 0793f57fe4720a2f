import Commerce
import SQL

/// Sessions by day and the carts they filled.
enum SessionStore {
    /// Widens the session's day and raises its flags. The order in which visits arrive makes no difference.
    static func note(_ visit: Visit, in tx: any SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO sessions (day, session_id, first_seen, last_seen, viewed, carted, checkout, ordered)
            VALUES (\(CivilDate(visit.at).text), \(visit.sessionID), \(visit.at), \(visit.at),
                \(visit.step >= .viewed), \(visit.step >= .carted), \(visit.step >= .checkout), 0)
            ON CONFLICT (day, session_id) DO UPDATE SET
                first_seen = CASE WHEN excluded.first_seen < sessions.first_seen
                    THEN excluded.first_seen ELSE sessions.first_seen END,
                last_seen = CASE WHEN excluded.last_seen > sessions.last_seen
                    THEN excluded.last_seen ELSE sessions.last_seen END,
                viewed = CASE WHEN excluded.viewed = 1 THEN 1 ELSE sessions.viewed END,
                carted = CASE WHEN excluded.carted = 1 THEN 1 ELSE sessions.carted END,
                checkout = CASE WHEN excluded.checkout = 1 THEN 1 ELSE sessions.checkout END
            """)
        guard let cart = visit.cartID else { return }
        // The session that touched the cart last has it, whichever event arrives first; ids break ties.
        try tx.execute(
            """
            INSERT INTO cart_sessions (cart_id, session_id, seen_at)
            VALUES (\(cart), \(visit.sessionID), \(visit.at))
            ON CONFLICT (cart_id) DO UPDATE SET session_id = excluded.session_id, seen_at = excluded.seen_at
            WHERE excluded.seen_at > cart_sessions.seen_at
                OR (excluded.seen_at = cart_sessions.seen_at AND excluded.session_id > cart_sessions.session_id)
            """)
    }

    /// Deletes visits before the limit: reports reach back no further.
    static func expire(before limit: Instant, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM sessions WHERE day < \(CivilDate(limit).text)")
        try tx.execute("DELETE FROM cart_sessions WHERE seen_at < \(limit)")
    }
}
