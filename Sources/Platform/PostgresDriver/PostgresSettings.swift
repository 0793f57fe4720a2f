import Commerce

/// The schema of a service, and the settings of its pool.
package struct PostgresSettings: Sendable {
    /// libpq's `sslmode`: https://www.postgresql.org/docs/15/libpq-ssl.html
    package enum TLS: String, Sendable, CaseIterable {
        case disable, prefer, require
        case verifyCA = "verify-ca"
        case verifyFull = "verify-full"
    }

    package struct Host: Hashable, Sendable {
        package var name: String
        package var port: Int

        package init(name: String, port: Int = 5432) {
            self.name = name
            self.port = port
        }
    }

    /// With several, a session connects to the first that accepts writes.
    package var hosts: [Host]
    package var user: String
    package var password: String?
    package var database: String
    /// The schema of this service only.
    package var schema: String
    package var tls: TLS
    /// A file of certificates to trust, for `verify-ca` and `verify-full`.
    package var certificateAuthority: String?

    /// Connections that stay open when nothing happens.
    package var minimumConnections = 1
    package var maximumConnections = 8
    /// A connection that was not used for so long is closed.
    package var idleTime = Duration.seconds(300)
    package var connectTimeout = Duration.seconds(5)
    /// How long a caller waits for a free connection.
    package var acquireTimeout = Duration.seconds(5)
    package var statementTimeout = Duration.seconds(10)
    package var lockTimeout = Duration.seconds(5)

    package init(
        host: String, port: Int = 5432, user: String, password: String? = nil, database: String, schema: String,
        tls: TLS = .prefer, certificateAuthority: String? = nil
    ) {
        self.init(
            hosts: [Host(name: host, port: port)], user: user, password: password, database: database, schema: schema,
            tls: tls, certificateAuthority: certificateAuthority)
    }

    package init(
        hosts: [Host], user: String, password: String? = nil, database: String, schema: String, tls: TLS = .prefer,
        certificateAuthority: String? = nil
    ) {
        self.hosts = hosts
        self.user = user
        self.password = password
        self.database = database
        self.schema = schema
        self.tls = tls
        self.certificateAuthority = certificateAuthority
    }

    /// `host:port`, several with commas.
    package var address: String {
        hosts.map { $0.name.contains(":") ? "[\($0.name)]:\($0.port)" : "\($0.name):\($0.port)" }
            .joined(separator: ",")
    }

    /// libpq's connection parameters.
    var parameters: [(name: String, value: String)] {
        var parameters = [
            ("host", hosts.map(\.name).joined(separator: ",")),
            ("port", hosts.map { "\($0.port)" }.joined(separator: ",")), ("user", user), ("dbname", database),
            ("sslmode", tls.rawValue),
            ("application_name", "magpie/\(schema)"), ("client_encoding", "UTF8"),
            ("connect_timeout", "\(max(2, connectTimeout.components.seconds))"),
            // A lost connection is noticed within half a minute, not a quarter of an hour.
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "15000"),
            (
                "options",
                "-c statement_timeout=\(statementTimeout.wholeMilliseconds) -c lock_timeout=\(lockTimeout.wholeMilliseconds)"
                    + " -c idle_in_transaction_session_timeout=30000 -c search_path=\(schema)"
            ),
        ]
        if hosts.count > 1 { parameters.append(("target_session_attrs", "read-write")) }
        if let password { parameters.append(("password", password)) }
        if let certificateAuthority { parameters.append(("sslrootcert", certificateAuthority)) }
        return parameters
    }
}
