import Foundation

/// How many files the process may have open, and how many of them may be customers' connections.
enum ProcessLimits {
    /// For databases, the operations port and mails.
    private static let reserved = 256
    /// Each costs some 20 kB.
    private static let mostConnections = 10_000

    /// Raises the limit to what the system allows this process.
    /// - Returns: How many connections the public port may take.
    static func raise() -> Int {
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
            let ceiling = rlim_t.max
        #else
            let resource = RLIMIT_NOFILE
            let ceiling = rlim_t(OPEN_MAX)
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return reserved }
        var raised = limit
        raised.rlim_cur = min(limit.rlim_max, ceiling)
        if setrlimit(resource, &raised) == 0 { limit = raised }
        let files = Int(min(limit.rlim_cur, rlim_t(mostConnections + reserved)))
        return max(files - reserved, files / 2)
    }
}
