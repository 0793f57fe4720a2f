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

    /// Whether the server cannot serve the command now, though nothing is wrong with it.
    var isOutage: Bool {
        ["LOADING", "READONLY", "MASTERDOWN", "NOREPLICAS", "BUSY", "OOM", "MISCONF", "CLUSTERDOWN", "TRYAGAIN"]
            .contains(code)
    }

    /// Whether the server became a replica; another one, perhaps under the same name, accepts writes now.
    var isOfFormerPrimary: Bool { code == "READONLY" }
}
