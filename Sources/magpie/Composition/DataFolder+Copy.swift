import Foundation

extension DataFolder {
    /// There while the folder is not yet a whole copy of another.
    private var unfinishedCopy: URL { root.appending(path: "copy-unfinished") }

    /// Throws `Fault` when a backup or a restore into this folder did not come to its end.
    func requireWhole() throws {
        guard FileManager.default.fileExists(atPath: unfinishedCopy.path) else { return }
        throw Fault("\(root.path) holds a copy that was not finished: delete it and copy again")
    }

    func beginCopy() throws {
        try Data().write(to: unfinishedCopy)
        try Self.flush(root)
    }

    /// From here on the copy is whole, also after a power cut.
    func endCopy() throws {
        let inner = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isDirectoryKey])
        while let url = inner?.nextObject() as? URL {
            if try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true { try Self.flush(url) }
        }
        try Self.flush(root)
        try FileManager.default.removeItem(at: unfinishedCopy)
        try Self.flush(root)
        try Self.flush(root.deletingLastPathComponent())
    }

    /// The databases, by name.
    func databaseFiles() throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "sqlite" }.sorted { $0.path < $1.path }
    }

    /// Whether a file of this name is a database or a part of one, or is about this folder alone, as its lock and the note
    /// of its last backup are: none is a plain file to be copied.
    static func isNoPlainFile(_ name: String) -> Bool {
        ["running.lock", lastBackupFile].contains(name)
            || [".sqlite", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal"].contains { name.hasSuffix($0) }
    }

    /// Has what was written to a file, or a folder's list of names, survive a power cut.
    static func flush(_ url: URL) throws {
        let file = open(url.path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw CocoaError(.fileReadUnknown) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
