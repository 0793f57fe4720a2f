import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Where log lines go. Lines of concurrent writers never mix.
package struct LogStream: Sendable {
    private let descriptor: Int32
    private static let oneAtATime = Mutex<Void>(())

    package static let standardOutput = LogStream(descriptor: STDOUT_FILENO)
    package static let standardError = LogStream(descriptor: STDERR_FILENO)

    /// Writes one whole line, in a single system call whenever the kernel takes it; a line that cannot be
    /// written is lost.
    package func write(_ line: [UInt8]) {
        Self.oneAtATime.withLock { _ in
            line.withUnsafeBytes { bytes in
                var offset = 0
                while offset < bytes.count {
                    let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
                    #if canImport(Darwin)
                        let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
                    #elseif canImport(Musl)
                        let count = Musl.write(descriptor, rest.baseAddress, rest.count)
                    #else
                        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                    #endif
                    if count > 0 {
                        offset += count
                    } else if errno == EAGAIN {
                        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                        guard poll(&ready, 1, 1_000) > 0 else { return }
                    } else if errno != EINTR {
                        return
                    }
                }
            }
        }
    }
}
