import CPostgreSQL

extension PostgresFailure {
    init(result: OpaquePointer?, on connection: OpaquePointer) {
        func field(_ code: Character) -> String? {
            guard let ascii = code.asciiValue, let text = PQresultErrorField(result, Int32(ascii)) else { return nil }
            return String(cString: text)
        }
        // PG_DIAG_SQLSTATE, PG_DIAG_MESSAGE_PRIMARY, PG_DIAG_CONSTRAINT_NAME: macros that Swift does not import.
        let state = field("C") ?? ""
        self.init(
            state: state, message: field("M") ?? Self.message(of: connection), constraint: field("n"),
            endsSession: PQstatus(connection) != CONNECTION_OK || ["57P01", "57P02", "57P03"].contains(state))
    }

    /// Why a connection cannot be used: the server's words, on one line.
    static func message(of connection: OpaquePointer?) -> String {
        String(cString: PQerrorMessage(connection)).split(whereSeparator: \.isNewline).joined(separator: "; ")
    }
}
