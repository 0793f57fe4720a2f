import Foundation
import ServiceKit
import Testing
import Web

@testable import magpie

@Suite struct RateLimitSettingsTests {
    @Test func everyDeclaredClassHasAnAllowance() throws {
        let declared = try Self.declaredClasses()
        #expect(declared.contains("logIn"))
        let named = RateLimitSettings.standard.allowances.keys.map(\.rawValue)
        #expect(Set(named) == declared.subtracting([RateClass.general.rawValue]))
    }

    /// Names are parts of the keys in Redis, which processes of two releases share for a while.
    @Test func namesStay() throws {
        #expect(try Self.declaredClasses() == ["general", "logIn", "register", "events"])
    }

    /// The names in every `RateClass(rawValue: "…")` of the sources.
    private static func declaredClasses() throws -> Set<String> {
        let sources = ComposeFile.root.appending(path: "Sources")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        let swift = files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        return try swift.reduce(into: []) { names, file in
            let text = try String(contentsOf: file, encoding: .utf8)
            names.formUnion(text.matches(of: /RateClass\(rawValue: "(\w+)"\)/).map { String($0.1) })
        }
    }
}
