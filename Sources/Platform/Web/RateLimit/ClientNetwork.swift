import Commerce
import NIOCore

/// The name of a client: its IPv4 address, or the first 64 bits of its IPv6 address. A home or a phone gets at least
/// a /64, so a limit for each IPv6 address would have no effect.
enum ClientNetwork {
    static func name(of address: SocketAddress) -> String? {
        guard let text = address.ipAddress, case .v6 = address else { return address.ipAddress }
        // IPv4 on a socket for both (RFC 4291, section 2.5.5.2).
        if text.hasPrefix("::ffff:"), text.contains(".") { return String(text.dropFirst(7)) }
        // The system writes eight groups, the longest run of zeros as `::`.
        let halves = text.prefix { $0 != "%" }.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
            .map { $0.split(separator: ":") }
        let written = halves.reduce(0) { $0 + $1.count }
        let groups = halves[0] + Array(repeating: "0", count: max(0, 8 - written)) + (halves.count > 1 ? halves[1] : [])
        return groups.prefix(4).joined(separator: ":") + "::/64"
    }

    /// From an entry of `X-Forwarded-For`, which some proxies write with a port; nil when it is no address.
    static func name(of entry: Substring) -> String? {
        var text = entry.trimmed[...]
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            text = text[..<end].dropFirst()
        } else if text.count(where: { $0 == ":" }) == 1, let end = text.firstIndex(of: ":") {
            text = text[..<end]
        }
        return (try? SocketAddress(ipAddress: String(text), port: 0)).flatMap(name)
    }
}
