import Foundation
import Testing
import Yams

/// docker-compose.yml as the tests need it: anchors merged, short and long forms alike.
struct ComposeFile {
    struct Service {
        let name: String
        let raw: [String: Any]

        func strings(_ key: String) -> [String] { raw[key] as? [String] ?? [] }
        func string(_ key: String) -> String? { raw[key] as? String }
        /// Variables with their defaults filled in for `${NAME:-default}`.
        var environment: [String: String] {
            (raw["environment"] as? [String: Any] ?? [:]).mapValues { ComposeFile.withDefaults("\($0)") }
        }
        /// What it waits for, and until when.
        var conditions: [String: String] {
            (raw["depends_on"] as? [String: [String: Any]] ?? [:]).compactMapValues { $0["condition"] as? String }
        }
        var healthCheck: [String: Any]? { raw["healthcheck"] as? [String: Any] }
        /// `source`, `target`, and whether it is `ro`.
        var mounts: [(source: String, target: String, readOnly: Bool)] {
            strings("volumes").map { text in
                let parts = text.split(separator: ":").map(String.init)
                return (parts[0], parts.count > 1 ? parts[1] : "", parts.last == "ro")
            }
        }
        /// The secrets that it reads: from its environment, its command or its health check.
        var secrets: Set<String> {
            Set(ComposeFile.texts(raw).flatMap { $0.matches(of: /\/run\/secrets\/(\w+)\/value/).map { String($0.1) } })
        }
        /// The ports of the host that it takes.
        var hostPorts: [String] {
            strings("ports").map { $0.split(separator: ":").dropLast().last.map(String.init) ?? "" }
        }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    let text: String
    let top: [String: Any]
    let services: [String: Service]

    init() throws {
        text = try Self.contents("docker-compose.yml")
        top = try Self.mapping(text)
        let all = try #require(top["services"] as? [String: [String: Any]])
        services = all.reduce(into: [:]) { $0[$1.key] = Service(name: $1.key, raw: $1.value) }
    }

    func names(of section: String) -> Set<String> { Set((top[section] as? [String: Any] ?? [:]).keys) }

    static func contents(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func mapping(_ text: String) throws -> [String: Any] {
        try #require(try Yams.load(yaml: text) as? [String: Any])
    }

    /// Every text of a tree.
    private static func texts(_ tree: Any) -> [String] {
        switch tree {
        case let text as String: [text]
        case let list as [Any]: list.flatMap(texts)
        case let mapping as [String: Any]: mapping.values.flatMap(texts)
        default: []
        }
    }

    static func withDefaults(_ text: String) -> String {
        text.replacing(/\$\{[A-Z_]+:-([^}]*)\}/) { $0.output.1 }
    }
}
