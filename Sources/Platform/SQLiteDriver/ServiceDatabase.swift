package import SQL

/// The protocol of the module SQL: GRDB has types named `Database` and `SQL` too.
package typealias ServiceDatabase = Database
