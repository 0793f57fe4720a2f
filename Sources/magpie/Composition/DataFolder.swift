import Foundation
import Logging
import OfferService
import SQL
import SQLiteDriver
import ServiceKit
import Web

/// The folder that holds a whole shop: one database file a service, mails, pictures, rules.
struct DataFolder: Sendable {
    let root: URL

    /// Nothing is made or tried before ``prepare()``. The mask covers what databases and libraries create later, also in
    /// a folder that others may enter.
    init(_ root: URL) {
        umask(0o077)
        self.root = root
    }

    /// Makes the folder when it is not there; only its owner may look inside, as it holds signing keys. Throws `Fault`
    /// when nothing can be written there.
    func prepare() throws {
        try requireWhole()
        do {
            try FileManager.default.createDirectory(
                at: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            for folder in [media, mail] {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            }
            try checkWritable()
        } catch {
            throw Fault(
                "the data folder \(root.path) cannot be written: check MAGPIE_DATA, and the folder's owner, permissions "
                    + "and disk")
        }
    }

    var holdsShop: Bool { FileManager.default.fileExists(atPath: root.appending(path: "auth.sqlite").path) }

    /// Keeps other processes from running the same shop until this one ends: each would have caches that the other's
    /// changes make wrong. Makes the folder. Throws `Fault` when one does already.
    func claim() throws {
        try prepare()
        let file = open(root.appending(path: "running.lock").path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file < 0 || flock(file, LOCK_EX | LOCK_NB) != 0 else { return }
        let problem = errno
        if file >= 0 { close(file) }
        throw Fault(
            problem == EWOULDBLOCK
                ? "another process runs the shop in \(root.path): stop it first, or choose another folder with --data"
                : "the data folder \(root.path) cannot be locked: \(String(cString: strerror(problem)))")
    }

    var media: URL { root.appending(path: "media", directoryHint: .isDirectory) }
    var mail: URL { root.appending(path: "outbox-mail", directoryHint: .isDirectory) }
    var offerRules: URL { root.appending(path: "offers.json") }
    var hasOfferRules: Bool { FileManager.default.fileExists(atPath: offerRules.path) }

    func database(_ name: String, migrations: [Migration], readers: Int = 2) async throws
        -> SQLiteDatabase
    {
        let file = root.appending(path: "\(name).sqlite").path
        do {
            let database = try await SQLiteDatabase.open(path: file, readers: readers)
            try await database.migrate(migrations)
            return database
        } catch let error as SQLError {
            throw Fault("\(file) cannot be used: \(error)")
        }
    }

    /// The rules in `offers.json`; says what is wrong when the file cannot be used.
    func offers(logger: Logger) throws -> OfferService {
        if !hasOfferRules {
            logger.warning(
                "There is no file of rules: the built-in ones are in force, for a shop in the US, without promotions and tax",
                metadata: ["path": "\(offerRules.path)"])
        }
        do {
            return try OfferService(rulesFile: offerRules, logger: logger)
        } catch let error as ServiceError {
            let faults = error.fields.map { "\($0.field): \($0.detail)" }.joined(separator: "; ")
            throw Fault("\(offerRules.path) cannot be used: \(faults.isEmpty ? error.message : faults)")
        } catch {
            throw Fault("\(offerRules.path) cannot be read as text in UTF-8")
        }
    }

    /// A random secret of 32 bytes that lives in this folder, made on first use.
    func secret(_ name: String) throws -> [UInt8] {
        let file = root.appending(path: "\(name).key")
        if let existing = try? Data(contentsOf: file), existing.count == 32 { return Array(existing) }
        let bytes = randomBytes(32)
        guard
            FileManager.default.createFile(
                atPath: file.path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
        return bytes
    }

    /// Throws when nothing can be written here, as on a full disk.
    func checkWritable() throws {
        let file = root.appending(path: ".probe-\(ProcessInfo.processInfo.processIdentifier)")
        do {
            try Data(count: 4_096).write(to: file)
            try FileManager.default.removeItem(at: file)
        } catch {
            throw ServiceError(
                ErrorCode.diskNotWritable,
                "Nothing can be written to the data folder \(root.path) (MAGPIE_DATA).")
        }
    }

    var readinessCheck: ReadinessCheck {
        ReadinessCheck(name: "disk") { try checkWritable() }.cached(for: .seconds(5))
    }

    /// What other users of this machine may look into though it holds or may hold secrets.
    func openToOthers() throws -> [URL] {
        let files = try FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
        let secret = files.filter { $0.lastPathComponent.contains(".sqlite") || $0.pathExtension == "key" } + [mail]
        return try ([root] + secret).filter { url in
            let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
            return (attributes[.posixPermissions] as? Int).map { $0 & 0o077 != 0 } ?? false
        }
    }

    /// Copies pictures that are not there yet.
    func installMedia(from folder: URL) throws {
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let target = media.appending(path: file.lastPathComponent)
            if !FileManager.default.fileExists(atPath: target.path) {
                try FileManager.default.copyItem(at: file, to: target)
            }
        }
    }
}

extension Logger {
    /// For what the terminal shows instead.
    static let silent = Logger(label: "magpie") { _ in SwiftLogNoOpLogHandler() }
}
