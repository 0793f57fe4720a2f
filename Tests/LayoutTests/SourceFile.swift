/// What the layout rules look at in one Swift file: its place, its words, and the types it declares.
struct SourceFile: Sendable {
    /// From the repository's root, such as `Sources/Services/Cart/Domain/CartLimits.swift`.
    let path: String
    let text: String
    let imports: [String]
    /// Identifiers of the code, without those in comments and texts.
    let identifiers: Set<String>
    /// Types declared at the top level of the file, with the lines their bodies take.
    let types: [Declaration]
    /// Types that the file extends.
    let extended: Set<String>

    struct Declaration: Hashable, Sendable {
        let name: String
        let lines: Int
        /// Declared `private` or `fileprivate`.
        let isPrivate: Bool
    }

    init(path: String, text: String) {
        self.path = path
        self.text = text
        var scanner = SwiftScanner(text)
        scanner.scan()
        imports = scanner.imports
        identifiers = scanner.identifiers
        types = scanner.types
        extended = scanner.extended
    }

    var folders: [Substring] { path.split(separator: "/").dropLast() }
    var fileName: Substring { path.split(separator: "/").last ?? "" }

    /// `OrderStore` of `OrderStore+Writing.swift`.
    var subject: Substring { fileName.dropLast(6).prefix { $0 != "+" } }
}
