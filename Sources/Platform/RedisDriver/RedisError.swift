/// The server refused one command.
package struct RedisError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The first word: `WRONGTYPE`, `NOSCRIPT`, `ERR`.
    package var code: String
    package var message: String

    init(_ text: String) {
        code = String(text.prefix { $0 != " " })
        message = String(text.dropFirst(code.count + 1))
    }

    package var description: String { "\(code) \(message)" }

    /// Nothing is wrong with the command: the server cannot serve it now.
    var isOutage: Bool {
        ["LOADING", "READONLY", "MASTERDOWN", "NOREPLICAS", "BUSY", "OOM", "MISCONF", "CLUSTERDOWN", "TRYAGAIN"]
            .contains(code)
    }

    /// The server became a replica; another one, perhaps under the same name, takes writes now.
    var isOfFormerPrimary: Bool { code == "READONLY" }
}
