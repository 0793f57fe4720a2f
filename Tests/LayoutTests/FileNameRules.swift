/// A file is named after the type that carries its behaviour.
enum FileNameRules {
    /// A type of so many lines has behaviour, and a file of its name.
    static let linesOfBehaviour = 40
    /// A private type serves the types of its file, up to so many lines.
    static let linesOfPrivateHelper = 100

    /// One line for each file that neither declares nor extends what it is named after.
    static func misnamed(_ files: [SourceFile]) -> [String] {
        files.filter { $0.path.hasPrefix("Sources/") && !isNamedForItsPurpose($0) }
            .filter { file in
                let known = file.extended.union(file.types.map(\.name))
                return !known.isEmpty && !names(for: file.subject).contains { known.contains($0) }
            }
            .map { "\($0.path) declares \($0.types.map(\.name).joined(separator: ", "))" }
    }

    /// One line for each type with behaviour that lies in a file of another name.
    static func hidden(_ files: [SourceFile]) -> [String] {
        files.filter { $0.path.hasPrefix("Sources/") }.flatMap { file in
            file.types
                .filter { $0.lines >= ($0.isPrivate ? linesOfPrivateHelper + 1 : linesOfBehaviour) }
                .filter { !names(for: file.subject).contains($0.name) }
                .map { "\(file.path) holds \($0.name) (\($0.lines) lines)" }
        }
    }

    /// One line for each small type in a file that is named neither after it nor after its group, such as `MoneyError` in
    /// `Money.swift`. Private types and those of one line are left out.
    static func strays(_ files: [SourceFile]) -> [String] {
        files.filter { $0.path.hasPrefix("Sources/") && !isNamedForItsPurpose($0) }.flatMap { file in
            let groups = names(for: file.subject)
            return file.types
                .filter { !$0.isPrivate && $0.lines > 1 }
                .filter { type in !groups.contains { type.name.hasPrefix($0) || type.name.hasSuffix($0) } }
                .map { "\(file.path) holds \($0.name)" }
        }
    }

    /// Files that are found by what they are for: the program's start, lists of names and of error codes.
    private static func isNamedForItsPurpose(_ file: SourceFile) -> Bool {
        ["main.swift", "Names.swift", "ErrorCodes.swift"].contains(String(file.fileName))
    }

    /// `Countries.swift` may hold `Country`.
    private static func names(for subject: Substring) -> [String] {
        var names = [String(subject)]
        if subject.hasSuffix("ies") { names.append(subject.dropLast(3) + "y") }
        if subject.hasSuffix("s") { names.append(String(subject.dropLast())) }
        if subject.hasSuffix("es") { names.append(String(subject.dropLast(2))) }
        return names
    }
}
