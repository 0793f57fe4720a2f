import Commerce
import Foundation

/// The last backup that succeeded is noted in the folder that was copied, in a file that no copy contains.
extension DataFolder {
    static let lastBackupFile = "last-backup"

    private var lastBackupNote: URL { root.appending(path: Self.lastBackupFile) }

    /// The instant whose state the last backup has; nil when none was made from this folder, or its note is unreadable.
    var lastBackup: Instant? {
        guard let text = try? String(contentsOf: lastBackupNote, encoding: .utf8) else { return nil }
        return Instant(rfc3339: text.trimmed)
    }

    /// Replaces the note at once, so that a reader sees the old one or the new one.
    func note(backupOf instant: Instant) throws {
        try Data((instant.rfc3339 + "\n").utf8).write(to: lastBackupNote, options: .atomic)
        try Self.flush(root)
    }
}
