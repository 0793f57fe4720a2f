import Calls
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Web

/// The files of the shop: its own style and script, and the merchant's media.
final class FileShelf: Sendable {
    struct File: Sendable {
        let bytes: ByteBuffer
        let tag: String
        let type: String
    }
    private struct Kept {
        let file: File
        let modified: Date?
        let size: Int?
    }
    private static let types = [
        "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp",
        "avif": "image/avif", "gif": "image/gif", "css": "text/css; charset=utf-8", "ico": "image/x-icon",
        "js": "text/javascript; charset=utf-8", "woff2": "font/woff2",
    ]
    /// Files up to 1 MiB are kept in memory, at most 256 of them.
    private static let keptSize = 1_048_576
    private static let keptCount = 256

    private let assets: [String: File]
    private let mediaFolder: URL
    private let media = Mutex<[String: Kept]>([:])

    init(assets folder: URL, media: URL) throws {
        var assets: [String: File] = [:]
        for url in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            assets[url.lastPathComponent] = Self.file(try Data(contentsOf: url), named: url.lastPathComponent)
        }
        self.assets = assets
        mediaFolder = media
    }

    func asset(_ name: String) -> File? { assets[name] }

    /// With the content's hash, so that browsers may keep it for ever.
    func url(ofAsset name: String) -> String { "/assets/\(name)?v=\(assets[name]?.tag ?? "")" }

    func hasMedia(_ name: String) -> Bool { media(name) != nil }

    /// nil unless it is a plain name of a picture that lies in the folder itself.
    func media(_ name: String) -> File? {
        guard Self.isPlain(name), Self.type(of: name)?.hasPrefix("image/") == true else { return nil }
        let url = mediaFolder.appending(path: name)
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path())
        guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else { return nil }
        let modified = attributes[.modificationDate] as? Date
        let size = attributes[.size] as? Int
        if let kept = media.withLock({ $0[name] }), kept.modified == modified, kept.size == size { return kept.file }
        guard let data = try? Data(contentsOf: url), let file = Self.file(data, named: name) else { return nil }
        if data.count <= Self.keptSize {
            media.withLock { media in
                if media.count >= Self.keptCount { media.removeAll() }
                media[name] = Kept(file: file, modified: modified, size: size)
            }
        }
        return file
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

extension FileShelf.File {
    /// The file, or 304 when the browser has it.
    func response(to request: Request, lifetime: String) -> Response {
        var headers: HTTPFields = [
            .eTag: "\"\(tag)\"", .cacheControl: lifetime, .xContentTypeOptions: "nosniff",
            .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        ]
        if request.headers[.ifNoneMatch]?.contains("\"\(tag)\"") == true {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = type
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }
}
