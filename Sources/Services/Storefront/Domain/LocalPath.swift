/// Paths inside this shop.
enum LocalPath {
    /// The path when it stays in this shop, else the account page: an open redirect would help phishers.
    static func checked(_ path: String) -> String {
        isLocal(path) ? path : "/account"
    }

    static func isLocal(_ path: String) -> Bool {
        path.hasPrefix("/") && !path.hasPrefix("//") && path.utf8.count <= 500
            && path.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
    }
}
