import Foundation
import Testing

/// A file system in memory that a test can fill or make read-only.
struct SmallDisk {
    /// Where it is mounted.
    let folder: URL
    private var parent: URL { folder.deletingLastPathComponent() }
    private var ballast: URL { folder.appending(path: "ballast") }

    /// Mounting needs privileges that tests do not have everywhere.
    static let mayMount: Bool = {
        guard let disk = try? SmallDisk(megabytes: 1) else { return false }
        disk.unmount()
        return true
    }()
    static let hint: Comment = "mounting a file system takes privileges that are missing here"

    /// Runs `body` with a disk of so many MiB.
    ///
    /// - Parameter owner: The user it belongs to; the tests' own without.
    static func with(megabytes: Int, owner: String? = nil, _ body: (SmallDisk) async throws -> Void) async throws {
        let disk = try SmallDisk(megabytes: megabytes, owner: owner)
        defer { disk.unmount() }
        try await body(disk)
    }

    private init(megabytes: Int, owner: String? = nil) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "magpie-\(UUID().uuidString)/disk")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do {
            try Self.run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", folder.path)
            if let owner { try Self.run("chown", owner, folder.path) }
        } catch {
            unmount()
            throw error
        }
    }

    private func unmount() {
        try? Self.run("umount", "-l", folder.path)
        try? FileManager.default.removeItem(at: parent)
    }

    /// Uses all free space.
    func fill() throws {
        guard FileManager.default.createFile(atPath: ballast.path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        let file = try FileHandle(forWritingTo: ballast)
        defer { try? file.close() }
        for size in [1 << 20, 4_096] {
            let block = Data(count: size)
            while (try? file.write(contentsOf: block)) != nil {}
        }
    }

    func freeSpace() throws { try FileManager.default.removeItem(at: ballast) }

    func makeReadOnly() throws { try Self.run("mount", "-o", "remount,ro", folder.path) }
    func makeWritable() throws { try Self.run("mount", "-o", "remount,rw", folder.path) }

    private static func run(_ program: String, _ arguments: String...) throws {
        let result = try runProgram(URL(filePath: "/usr/bin/env"), [program] + arguments)
        guard result.status == 0 else { throw ShopFailure("\(program): \(result.output)") }
    }
}
