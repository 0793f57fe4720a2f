import FoundationEssentials

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
    let threads: Int
    let openDescriptors: Int?
    let descriptorLimit: Int?
    /// Bytes that the control group of the process may use (version 2, or 1); nil without a limit.
    let memoryLimit: Int?

    static func read() -> ProcessStatistics? {
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        let pageSize = sysconf(Int32(_SC_PAGESIZE))
        guard let stat = contents(of: "/proc/self/stat"), let system = contents(of: "/proc/stat"), ticks > 0,
            let nameEnd = stat.lastIndex(of: ")"),
            let boot = system.split(separator: "\n").first(where: { $0.hasPrefix("btime ") })
        else { return nil }
        // After the name in parentheses comes field 3; utime, stime, threads, starttime and rss are fields 14, 15, 20, 22
        // and 24.
        let fields = stat[stat.index(after: nameEnd)...].split(separator: " ")
        guard fields.count > 21, let user = Double(fields[11]), let kernel = Double(fields[12]),
            let started = Double(fields[19]), let pages = Int(fields[21]),
            let threads = Int(fields[17]), let bootTime = Double(boot.dropFirst(6))
        else { return nil }
        return ProcessStatistics(
            residentBytes: pages * Int(pageSize), cpuSeconds: (user + kernel) / ticks,
            startTime: bootTime + started / ticks, threads: threads,
            openDescriptors: (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count,
            descriptorLimit: descriptorLimit(), memoryLimit: memoryLimit())
    }

    private static func descriptorLimit() -> Int? {
        var limit = rlimit()
        #if canImport(Darwin) || canImport(Musl)
            guard getrlimit(RLIMIT_NOFILE, &limit) == 0 else { return nil }
        #else
            guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        #endif
        return Int(exactly: limit.rlim_cur)
    }

    private static func memoryLimit() -> Int? {
        let files = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
        let limits = files.compactMap { contents(of: $0).flatMap { Int($0.split(separator: "\n").first ?? "") } }
        // Version 1 has no word for "none": it has the largest number of whole pages.
        return limits.first.flatMap { $0 < Int.max / 2 ? $0 : nil }
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
