import Foundation
import OfferContract
import ServiceKit

/// Where the rules are kept: the operator's file, or the built-in rules.
actor RuleFile {
    private let url: URL?

    init(_ url: URL?) { self.url = url }

    /// The document in the file; the built-in one when there is no file yet.
    static func document(at url: URL?) throws -> String {
        if let url, FileManager.default.fileExists(atPath: url.path) {
            return try String(contentsOf: url, encoding: .utf8)
        }
        guard
            let bundled = Bundle.module.url(
                forResource: "default-rules", withExtension: "json", subdirectory: "Resources")
        else { throw ServiceError(OfferErrorCode.rulesMissing, "The built-in rules are not installed.") }
        return try String(contentsOf: bundled, encoding: .utf8)
    }

    /// Calls `apply` with what the file holds, never in the middle of a replacement. Does nothing when there is no
    /// file.
    func reload(apply: @Sendable (String) throws -> Void) throws {
        guard let url, FileManager.default.fileExists(atPath: url.path) else { return }
        try apply(Self.document(at: url))
    }

    /// Replaces the document, all of it or nothing, durable on return, then runs `apply` before the next replacement.
    func replace(with document: String, apply: @Sendable () -> Void) throws {
        if let url { try DurableFile.replace(url.path, with: Array(document.utf8)) }
        apply()
    }
}
