import Testing

/// Holds the shape of the repository: rooms of services, names of files, words, and the map in CONTRIBUTING.md.
@Suite struct LayoutTests {
    @Test func servicesHaveTheStandardRooms() {
        #expect(RoomRules.misplaced(Repository.swiftFiles) == [])
    }

    @Test func noRoomNamesWhatARoomAboveDeclares() {
        #expect(RoomRules.upwardReferences(Repository.swiftFiles) == [])
    }

    @Test func domainsArePure() {
        #expect(RoomRules.impureImports(Repository.swiftFiles) == [])
    }

    @Test func filesAreNamedAfterWhatTheyHold() {
        #expect(FileNameRules.misnamed(Repository.swiftFiles) == [])
        #expect(FileNameRules.hidden(Repository.swiftFiles) == [])
    }

    @Test func wordsAreTheStandardTerms() throws {
        let rules = WordRules(try #require(Repository.text(of: "Tests/LayoutTests/forbidden-words.txt")))
        let documents =
            Repository.files(under: "docs").filter { $0.hasSuffix(".md") } + ["README.md", "CONTRIBUTING.md"]
        let sources = Repository.swiftFiles.filter {
            !$0.path.hasPrefix("Tests/LayoutTests/") && !$0.path.hasPrefix("Sources/Demo/")
        }
        let found =
            sources.flatMap { rules.found(in: $0.text, of: $0.path) }
            + documents.flatMap { rules.found(in: Repository.text(of: $0) ?? "", of: $0) }
        #expect(found == [])
    }

    /// Paths in back quotes that name a folder of this repository exist.
    @Test(arguments: ["README.md", "CONTRIBUTING.md"]) func pathsInDocumentsExist(document: String) throws {
        let text = try #require(Repository.text(of: document))
        let roots = ["Sources/", "Tests/", "docs/", "scripts/", "Protos/", "infra/", "Benchmarks/", "findings/"]
        let missing = text.split(separator: "`").map(String.init)
            .filter { path in roots.contains { path.hasPrefix($0) } && !path.contains { "<*… \n".contains($0) } }
            .filter { !Repository.exists($0) }
        #expect(missing == [])
    }
}
