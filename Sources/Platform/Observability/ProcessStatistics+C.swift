#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Statistics of this process from `/proc` (proc(5)); nil where there is none.
struct ProcessStatistics {
    /// Bytes of memory in RAM.
    let residentBytes: Int
    /// Seconds of user and system time used so far.
    let cpuSeconds: Double
    /// Seconds since 1970 at which the process started.
    let startTime: Double

    static func read() -> ProcessStatistics? {
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        let pageSize = sysconf(Int32(_SC_PAGESIZE))
        guard let stat = contents(of: "/proc/self/stat"), let system = contents(of: "/proc/stat"), ticks > 0,
            let nameEnd = stat.lastIndex(of: ")"),
            let boot = system.split(separator: "\n").first(where: { $0.hasPrefix("btime ") })
        else { return nil }
        // After the name in parentheses comes field 3; utime, stime, starttime and rss are fields 14, 15, 22 and 24.
        let fields = stat[stat.index(after: nameEnd)...].split(separator: " ")
        guard fields.count > 21, let user = Double(fields[11]), let kernel = Double(fields[12]),
            let started = Double(fields[19]), let pages = Int(fields[21]), let bootTime = Double(boot.dropFirst(6))
        else { return nil }
        return ProcessStatistics(
            residentBytes: pages * Int(pageSize), cpuSeconds: (user + kernel) / ticks,
            startTime: bootTime + started / ticks)
    }

    private static func contents(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = chunk.withUnsafeMutableBytes { bytes in
                #if canImport(Darwin)
                    Darwin.read(descriptor, bytes.baseAddress, bytes.count)
                #elseif canImport(Musl)
                    Musl.read(descriptor, bytes.baseAddress, bytes.count)
                #else
                    Glibc.read(descriptor, bytes.baseAddress, bytes.count)
                #endif
            }
            if count <= 0 { break }
            text += chunk[..<count]
        }
        return String(decoding: text, as: UTF8.self)
    }
}
