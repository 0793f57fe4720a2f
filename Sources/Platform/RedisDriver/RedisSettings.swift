/// Where Redis is, and how the client behaves.
package struct RedisSettings: Sendable {
    package var host: String
    package var port: Int
    /// Of the server's access control list; nil is the default user.
    package var user: String?
    package var password: String?
    package var database: Int

    package var connections = 2
    /// For the connection and the log-in together.
    package var connectTimeout = Duration.seconds(2)
    /// From the call to its reply.
    package var commandTimeout = Duration.seconds(2)
    /// Calls that may wait at one connection; further ones fail at once.
    package var maximumWaiting = 10_000

    package init(host: String, port: Int = 6379, user: String? = nil, password: String? = nil, database: Int = 0) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password?.isEmpty == true ? nil : password
        self.database = database
    }

    /// - Parameter url: `redis://[user@]host[:port][/database]`; the user is taken literally.
    package init(url: String, password: String?) throws(RedisConfigurationError) {
        let scheme = "redis://"
        guard !url.lowercased().hasPrefix("rediss://") else {
            throw .url("TLS is not supported; use redis:// inside a network that encrypts")
        }
        guard url.lowercased().hasPrefix(scheme) else { throw .url("it must start with redis://") }
        var rest = url.dropFirst(scheme.count)
        var user: String?
        if let at = rest.lastIndex(of: "@") {
            // Nothing before the @ is ever shown: people put passwords there.
            guard !rest[..<at].contains(":") else {
                throw .url("it must not hold a password, for addresses are logged; set MAGPIE_REDIS_PASSWORD")
            }
            user = rest[..<at].isEmpty ? nil : String(rest[..<at])
            rest = rest[rest.index(after: at)...]
        }
        let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let (host, port) = try Self.address(parts[0])
        self.init(
            host: host, port: port, user: user, password: password,
            database: try Self.database(parts.count > 1 ? parts[1] : ""))
        if self.user != nil, self.password == nil {
            throw .password("it is not set, but MAGPIE_REDIS_URL names a user")
        }
    }

    private static func address(_ text: Substring) throws(RedisConfigurationError) -> (host: String, port: Int) {
        var host = text
        var port: Substring?
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {  // An IPv6 address.
            host = text[..<end].dropFirst()
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw .url("after ] there may only be a port") }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = text.firstIndex(of: ":") {
            guard colon == text.lastIndex(of: ":") else { throw .url("an IPv6 address is written in brackets: [::1]") }
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        guard !host.isEmpty else { throw .url("it names no host; the form is redis://[user@]host[:port][/database]") }
        guard let port else { return (String(host), 6379) }
        guard let number = Int(port), (1...65_535).contains(number) else {
            throw .url("the port '\(port)' is not a number from 1 to 65535")
        }
        return (String(host), number)
    }

    private static func database(_ text: Substring) throws(RedisConfigurationError) -> Int {
        if text.isEmpty { return 0 }
        guard let number = Int(text), (0...Int(Int32.max)).contains(number) else {
            throw .url("the database '\(text)' is not a number")
        }
        return number
    }
}

/// Shows everything but the password, also in `dump` and in a debugger.
extension RedisSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        let shownHost = host.contains(":") ? "[\(host)]" : host
        return "redis://\(user.map { "\($0)@" } ?? "")\(shownHost):\(port)/\(database)"
    }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
