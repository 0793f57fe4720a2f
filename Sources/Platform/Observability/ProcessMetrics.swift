import ServiceKit

/// What the process as a whole uses, with its limits.
enum ProcessMetrics {
    static let cpu = Metric(.counter, "process.cpu", unit: "s", help: "Time that the process has used of the CPUs.")
    static let memory = Metric(
        .gauge, "process.resident_memory", unit: "By", help: "Memory of the process that is in RAM.")
    static let memoryLimit = Metric(
        .gauge, "magpie.memory.limit", unit: "By", help: "Memory that the container may use; absent without a limit.")
    static let start = Metric(
        .gauge, "process.start_time", unit: "s", help: "When the process started, in seconds since 1970.")
    static let descriptors = Metric(.gauge, "process.open_fds", help: "Open file descriptors.")
    static let descriptorLimit = Metric(.gauge, "process.max_fds", help: "The most file descriptors that may be open.")
    static let threads = Metric(.gauge, "process.threads", help: "Threads of the process.")
    static let all = [cpu, memory, memoryLimit, start, descriptors, descriptorLimit, threads]

    /// The present values; of those that this system does not know, none.
    static func values() -> [(Metric, Double)] {
        guard let process = ProcessStatistics.read() else { return [] }
        var values = [
            (cpu, process.cpuSeconds), (memory, Double(process.residentBytes)), (start, process.startTime),
            (threads, Double(process.threads)),
        ]
        if let open = process.openDescriptors { values.append((descriptors, Double(open))) }
        if let most = process.descriptorLimit { values.append((descriptorLimit, Double(most))) }
        if let limit = process.memoryLimit { values.append((memoryLimit, Double(limit))) }
        return values
    }
}
