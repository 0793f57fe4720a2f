#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The system call that failed when a file was written.
struct FileError: Error, CustomStringConvertible {
    let call: String
    let code: Int32

    var description: String { "\(call) failed with errno \(code)" }
}

enum DurableFile {
    /// Writes a file beside `path`, flushes it, puts it in place and flushes the folder: a crash leaves the old file
    /// or the new one, never half of one.
    static func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
        let temporary = path + ".new"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileError(call: "open", code: errno) }
        do {
            try fill(file, with: bytes)
        } catch {
            close(file)
            unlink(temporary)
            throw error
        }
        close(file)
        guard rename(temporary, path) == 0 else { throw FileError(call: "rename", code: errno) }
        try flushFolder(of: path)
    }

    private static func fill(_ file: Int32, with bytes: [UInt8]) throws(FileError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { write(file, $0.baseAddress?.advanced(by: written), $0.count - written) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileError(call: "write", code: errno) }
            written += count
        }
        guard fsync(file) == 0 else { throw FileError(call: "fsync", code: errno) }
    }

    private static func flushFolder(of path: String) throws(FileError) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let handle = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { throw FileError(call: "open", code: errno) }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw FileError(call: "fsync", code: errno) }
    }
}
