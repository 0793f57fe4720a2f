package import SQL

/// The house's protocol: GRDB has types named `Database` and `SQL` too.
package typealias ServiceDatabase = Database
