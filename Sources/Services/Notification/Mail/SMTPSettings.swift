package struct SMTPSettings: Sendable, CustomStringConvertible {
    package enum TLS: String, Sendable {
        /// For a server on this machine or in this cluster only.
        case none
        /// Plain at first, then STARTTLS or nothing: usually port 587.
        case startTLS = "starttls"
        /// From the first byte: usually port 465.
        case tls
    }

    package var host: String
    package var port: Int
    package var user: String?
    package var password: String?
    package var tls: TLS
    package var connectTimeout: Duration
    /// For one mail, connecting included.
    package var timeout: Duration

    package init(
        host: String, port: Int = 587, user: String? = nil, password: String? = nil, tls: TLS = .startTLS,
        connectTimeout: Duration = .seconds(10), timeout: Duration = .seconds(60)
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.tls = tls
        self.connectTimeout = connectTimeout
        self.timeout = timeout
    }

    /// Without the credentials.
    package var description: String { "\(host):\(port) (\(tls.rawValue))" }
}
