import Commerce
import Foundation
import SQL
import SQLiteDriver

/// Copies a data folder as it is at one instant, whether or not a shop runs in it: a backup, and the way back.
///
/// At that instant no process can write to any of the databases. The copy is in the state that a power cut leaves, from
/// which a shop starts: see docs/decisions/0022-a-backup-is-one-instant.md.
struct FolderCopy {
    let source: DataFolder
    let target: DataFolder

    private struct PlainFile {
        /// Within the folder.
        var path: String
        var size: Int
    }

    /// - Returns: The instant.
    /// - Throws: `Fault` when the source holds no whole shop, the target is not empty, or something cannot be read or
    ///   written; what was begun is removed.
    func run(progress: (_ done: Int, _ total: Int) -> Void) throws -> Instant {
        try source.requireWhole()
        guard source.holdsShop else { throw Fault("there is no shop in \(source.root.path)") }
        let isNew = try claimTarget()
        do {
            let instant = try copy(progress)
            try verify()
            try target.endCopy()
            return instant
        } catch {
            removeWhatWasBegun(folderToo: isNew)
            throw error is Fault ? error : Fault("\(target.root.path) cannot be made a copy: \(Self.reason(error))")
        }
    }

    private static func reason(_ error: any Error) -> String {
        (error as? SQLError)?.description ?? (error as? CocoaError)?.localizedDescription ?? "\(error)"
    }

    // MARK: The target

    /// - Returns: Whether the folder was not there before.
    private func claimTarget() throws -> Bool {
        let files = FileManager.default
        let (from, to) = (source.root, target.root)
        let isNew = !files.fileExists(atPath: to.path)
        do {
            try files.createDirectory(at: to, withIntermediateDirectories: true)
        } catch {
            throw Fault("the folder \(to.path) cannot be made: \(Self.reason(error))")
        }
        func path(_ url: URL) -> String { url.resolvingSymlinksInPath().standardizedFileURL.path + "/" }
        guard !path(to).hasPrefix(path(from)) else {
            if isNew { try? files.removeItem(at: to) }
            throw Fault("\(to.path) lies in the data folder: choose a folder elsewhere")
        }
        guard (try? files.contentsOfDirectory(atPath: to.path)) == [] else {
            throw Fault("\(to.path) is not an empty folder: nothing is overwritten")
        }
        do {
            // It holds signing keys.
            try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: to.path)
            try target.beginCopy()
        } catch {
            throw Fault("the folder \(to.path) cannot be written: \(Self.reason(error))")
        }
        return isNew
    }

    private func removeWhatWasBegun(folderToo: Bool) {
        let files = FileManager.default
        if folderToo {
            try? files.removeItem(at: target.root)
            return
        }
        for name in (try? files.contentsOfDirectory(atPath: target.root.path)) ?? [] {
            try? files.removeItem(at: target.root.appending(path: name))
        }
    }

    // MARK: Copying

    private func copy(_ progress: (_ done: Int, _ total: Int) -> Void) throws -> Instant {
        var files: [PlainFile] = []
        var instant = Instant.now
        let snapshots = try SQLiteSnapshots(of: try source.databaseFiles().map(\.path)) {
            // A mail is written before it is noted as sent: listed now, the files are those of this instant.
            files = try Self.plainFiles(in: source)
            instant = .now
        }
        let total = try snapshots.size() + files.reduce(0) { $0 + $1.size }
        var done = 0
        try snapshots.copy(into: target.root.path) { bytes in
            done += bytes
            progress(done, total)
        }
        for file in files {
            try copy(file)
            done += file.size
            progress(done, total)
        }
        return instant
    }

    private func copy(_ file: PlainFile) throws {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: source.root.appending(path: file.path), options: .mappedIfSafe)
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
            return  // A mail that was collected meanwhile.
        }
        let url = target.root.appending(path: file.path)
        let folder = url.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try bytes.write(to: url)
        try DataFolder.flush(url)
    }

    /// All but databases, what is about this folder alone, and hidden files, which are being written or tried.
    private static func plainFiles(in folder: DataFolder) throws -> [PlainFile] {
        var files: [PlainFile] = []
        func add(_ path: String, depth: Int) throws {
            guard depth < 16 else { throw Fault("\(path) is nested too deep: do links lead in a circle?") }
            let url = folder.root.appending(path: path)
            for name in try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() {
                let inner = path.isEmpty ? name : "\(path)/\(name)"
                guard !name.hasPrefix("."), !(path.isEmpty && DataFolder.isNoPlainFile(name)) else { continue }
                // Follows links: a folder of pictures may lie on another disk.
                let target = folder.root.appending(path: inner).resolvingSymlinksInPath()
                let attributes = try? FileManager.default.attributesOfItem(atPath: target.path)
                switch attributes?[.type] as? FileAttributeType {
                case .typeDirectory?: try add(inner, depth: depth + 1)
                case .typeRegular?: files.append(PlainFile(path: inner, size: (attributes?[.size] as? Int) ?? 0))
                default: continue
                }
            }
        }
        try add("", depth: 0)
        return files
    }

    // MARK: Checking

    /// Each database opens and is sound.
    private func verify() throws {
        for file in try target.databaseFiles() {
            try SQLiteDatabase.checkIntegrity(ofFileAt: file.path)
        }
    }
}
