import Foundation

/// The files of this checkout.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Swift file under Sources and Tests that a person wrote, in the order of their paths.
    static let swiftFiles: [SourceFile] = (files(under: "Sources") + files(under: "Tests"))
        .filter { $0.hasSuffix(".swift") && !$0.contains("/Generated/") }
        .compactMap { path in text(of: path).map { SourceFile(path: path, text: $0) } }

    static let folders = ["Sources", "Tests", "docs", "scripts", "Protos", "infra", "Benchmarks", "findings"]

    static let documents: [String] =
        files(under: "docs").filter { $0.hasSuffix(".md") }
        + ["README.md", "CONTRIBUTING.md", "SECURITY.md", "findings/README.md"]

    /// Everything else that a person wrote and a person reads.
    static let texts: [String] =
        documents
        + ["scripts", "infra", "Benchmarks", "findings"].flatMap { files(under: $0) }.filter {
            !$0.hasSuffix(".swift") && !documents.contains($0)
        }
        + ["Makefile", "Dockerfile", "docker-compose.yml"]

    /// Paths from the root, sorted; what begins with a dot is left out.
    static func files(under folder: String) -> [String] {
        let found = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
        return (found?.compactMap { $0 as? String } ?? [])
            .filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
            .map { "\(folder)/\($0)" }.sorted()
    }

    static func text(of path: String) -> String? {
        try? String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }
}
