import Commerce
import Foundation
import TestSupport
import Testing

@testable import magpie

/// When the last backup was made, as a running shop exports it.
@Suite struct LastBackupTests {
    private func exported(by folder: DataFolder) -> String? {
        let metrics = RecordedMetrics(DataFolder.metrics)
        folder.measure(in: metrics.factory)
        return metrics.value("magpie_backup_last_success_timestamp_seconds", of: "magpie")
    }

    @Test func aBackupIsNotedInItsSourceAndNotInTheCopy() async throws {
        try await withTemporaryFolder { parent in
            let (folder, copy) = (parent.appending(path: "shop"), parent.appending(path: "copy"))
            #expect(await exitCode(["migrate", "--data", folder.path]) == 0)
            #expect(exported(by: DataFolder(folder)) == nil)

            let before = Instant.now
            #expect(await exitCode(["backup", copy.path, "--data", folder.path]) == 0)
            let noted = try #require(DataFolder(folder).lastBackup)
            #expect(before <= noted && noted <= Instant.now)
            let value = try #require(exported(by: DataFolder(folder)).flatMap(Double.init))
            #expect(abs(value - Double(noted.milliseconds) / 1_000) < 0.001)
            #expect(exported(by: DataFolder(copy)) == nil)

            // A failed one changes nothing; the next that succeeds does.
            #expect(await exitCode(["backup", copy.path, "--data", folder.path]) == 1)
            #expect(DataFolder(folder).lastBackup == noted)
            #expect(await exitCode(["backup", parent.appending(path: "next").path, "--data", folder.path]) == 0)
            #expect(try #require(DataFolder(folder).lastBackup) > noted)
        }
    }

    @Test func aRestoredShopHasNoBackupYet() async throws {
        try await withTemporaryFolder { parent in
            let (folder, copy) = (parent.appending(path: "shop"), parent.appending(path: "copy"))
            let back = parent.appending(path: "back")
            #expect(await exitCode(["migrate", "--data", folder.path]) == 0)
            #expect(await exitCode(["backup", copy.path, "--data", folder.path]) == 0)
            #expect(await exitCode(["restore", copy.path, "--data", back.path]) == 0)
            #expect(exported(by: DataFolder(back)) == nil)
            #expect(DataFolder(copy).lastBackup == nil)
        }
    }

    @Test func anUnreadableNoteCountsAsNone() async throws {
        try await withTemporaryFolder { folder in
            try Data("yesterday\n".utf8).write(to: folder.appending(path: DataFolder.lastBackupFile))
            #expect(exported(by: DataFolder(folder)) == nil)
        }
    }

    @Test func aNoteThatCannotBeWrittenDoesNotFailTheBackup() async throws {
        try await withTemporaryFolder { parent in
            let (folder, copy) = (parent.appending(path: "shop"), parent.appending(path: "copy"))
            #expect(await exitCode(["migrate", "--data", folder.path]) == 0)
            // A folder of that name is in the way.
            let note = folder.appending(path: DataFolder.lastBackupFile)
            try FileManager.default.createDirectory(at: note.appending(path: "x"), withIntermediateDirectories: true)
            #expect(await exitCode(["backup", copy.path, "--data", folder.path]) == 0)
            #expect(await exitCode(["correctness", "--data", copy.path]) == 0)
        }
    }
}
