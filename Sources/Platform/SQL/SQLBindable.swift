package import Commerce

/// What an ``SQLStatement`` can bind.
package protocol SQLBindable: Sendable {
    var sqlValue: SQLValue { get }
}

extension String: SQLBindable { package var sqlValue: SQLValue { .text(self) } }

extension Int: SQLBindable { package var sqlValue: SQLValue { .integer(Int64(self)) } }

extension Int64: SQLBindable { package var sqlValue: SQLValue { .integer(self) } }

extension Double: SQLBindable { package var sqlValue: SQLValue { .real(self) } }

/// Stored as 0 and 1.
extension Bool: SQLBindable { package var sqlValue: SQLValue { .integer(self ? 1 : 0) } }

extension [UInt8]: SQLBindable { package var sqlValue: SQLValue { .blob(self) } }

/// Stored as milliseconds since 1970.
extension Instant: SQLBindable { package var sqlValue: SQLValue { .integer(milliseconds) } }

extension Identifier: SQLBindable { package var sqlValue: SQLValue { .text(rawValue) } }

extension Currency: SQLBindable { package var sqlValue: SQLValue { .text(code) } }
