import Crypto
import Foundation
import NIOCore
import ServiceKit
import Synchronization

/// Static files: the storefront's style and script, and the merchant's media.
final class StaticFiles: Sendable {
    struct File: Sendable {
        let bytes: ByteBuffer
        let tag: String
        let type: String
    }
    private struct CachedFile {
        let file: File
        let modified: Date?
        let size: Int?
    }
    private static let types = [
        "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp",
        "avif": "image/avif", "gif": "image/gif", "css": "text/css; charset=utf-8", "ico": "image/x-icon",
        "js": "text/javascript; charset=utf-8", "woff2": "font/woff2",
    ]
    /// Bytes of all pictures that are cached in memory; responses share the cached bytes.
    private static let cacheSize = 67_108_864
    /// Bytes of one of them.
    private static let largestCached = cacheSize / 4

    private let assets: [String: File]
    private let mediaFolder: URL
    private let media = Mutex<[String: CachedFile]>([:])
    /// Held while a picture is read that is not cached yet.
    private let reading = Mutex(())

    init(assets folder: URL, media: URL) throws {
        var assets: [String: File] = [:]
        for url in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            assets[url.lastPathComponent] = Self.file(try Data(contentsOf: url), named: url.lastPathComponent)
        }
        self.assets = assets
        mediaFolder = media
    }

    func asset(_ name: String) -> File? { assets[name] }

    /// With the content's hash, so that browsers may cache it without limit.
    func url(ofAsset name: String) -> String { "/assets/\(name)?v=\(assets[name]?.tag ?? "")" }

    func hasMedia(_ name: String) -> Bool { attributes(ofMedia: name) != nil }

    /// nil unless it is a plain name of a picture that lies in the folder itself.
    func media(_ name: String) -> File? {
        guard let attributes = attributes(ofMedia: name) else { return nil }
        let modified = attributes[.modificationDate] as? Date
        let size = attributes[.size] as? Int
        func read() -> File? {
            (try? Data(contentsOf: mediaFolder.appending(path: name))).flatMap { Self.file($0, named: name) }
        }
        guard let size, size <= Self.largestCached else { return read() }
        func cached() -> File? {
            media.withLock { $0[name] }.flatMap { $0.modified == modified && $0.size == size ? $0.file : nil }
        }
        if let file = cached() { return file }
        // One request reads while the others wait: a hundred copies of a big picture would fill the memory.
        return reading.withLock { _ in
            if let file = cached() { return file }
            guard let file = read() else { return nil }
            media.withLock { media in
                media[name] = nil
                let total = media.values.reduce(file.bytes.readableBytes) { $0 + $1.file.bytes.readableBytes }
                if total > Self.cacheSize { media.removeAll() }
                media[name] = CachedFile(file: file, modified: modified, size: size)
            }
            return file
        }
    }

    private func attributes(ofMedia name: String) -> [FileAttributeKey: Any]? {
        guard Self.isPlain(name), Self.type(of: name)?.hasPrefix("image/") == true else { return nil }
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: mediaFolder.appending(path: name).path())
        return attributes?[.type] as? FileAttributeType == .typeRegular ? attributes : nil
    }

    /// Letters, digits, dots, dashes and underscores, not starting with a dot: no way out of the folder.
    static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 200 && !name.hasPrefix(".")
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }

    private static func type(of name: String) -> String? {
        name.split(separator: ".").last.flatMap { types[$0.lowercased()] }
    }

    private static func file(_ data: Data, named name: String) -> File? {
        guard let type = type(of: name) else { return nil }
        let tag = hexadecimal(SHA256.hash(data: data).prefix(8))
        return File(bytes: ByteBuffer(bytes: data), tag: tag, type: type)
    }
}
