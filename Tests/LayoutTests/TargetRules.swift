/// Tests mirror modules: the tests of a module are in the target of its name.
struct TargetRules {
    /// Test targets that are no module's, or not of its name.
    static let exceptions = [
        "CommandLineTests": "the program magpie",
        "ContractTests": "the contracts of every area, called in process and over the wire: one fixture",
        "JourneyTests": "whole shops",
        "LayoutTests": "this repository",
    ]
    /// Folders whose modules all have tests.
    private static let tested = ["Platform/", "Services/"]

    /// Name and folder below Sources of each module written in Swift.
    private let modules: [(name: String, folder: String)]
    private let tests: [String]

    /// - Parameter manifest: The text of Package.swift.
    init(manifest: String) {
        let call = /\b(module|contract|wire|tests|executableTarget)\(\s*(?:name: )?"(\w+)"(?:,\s*"([\w\/]+)")?/
        var (modules, tests) = ([(String, String)](), [String]())
        for match in manifest.matches(of: call) {
            let name = String(match.2)
            switch match.1 {
            case "tests": tests.append(name)
            case "contract": modules.append((name + "Contract", "Contracts/\(name)"))
            case "wire": modules.append((name + "Wire", "Contracts/\(name)/Wire"))
            default: modules.append((name, String(match.3 ?? "")))
            }
        }
        (self.modules, self.tests) = (modules, tests)
    }

    /// One line for each test target without a module, and for each module or folder without its tests.
    func broken(_ files: [SourceFile]) -> [String] {
        let names = Set(modules.map(\.name))
        let stray = tests.filter { !$0.hasSuffix("Tests") || !names.contains(String($0.dropLast(5))) }
            .filter { Self.exceptions[$0] == nil }
            .map { "\($0) is named after no module" }
        let untested = modules.filter { module in Self.tested.contains { module.folder.hasPrefix($0) } }
            .filter { !tests.contains($0.name + "Tests") }
            .map { "\($0.name) has no \($0.name)Tests" }
        var folders: Set<String> = []
        for file in files {
            let path = file.folders
            if path.count > 1, path[0] == "Tests" { folders.insert(String(path[1])) }
        }
        let unbuilt = folders.subtracting(tests).sorted().map { "Tests/\($0) is no target" }
        return stray + untested + unbuilt
    }

    /// One line for each suite of whole shops that does not say in which shapes it runs.
    static func shapeless(_ files: [SourceFile]) -> [String] {
        files.filter { $0.path.hasPrefix("Tests/JourneyTests/") && $0.text.contains("@Suite") }
            .filter { !$0.text.contains(".shape(.") }
            .map { "\($0.path) declares no shape" }
    }
}
