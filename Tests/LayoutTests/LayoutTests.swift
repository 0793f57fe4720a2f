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
        // Errors and terms of one type, beside it.
        #expect(FileNameRules.strays(Repository.swiftFiles).count < 20)
    }

    @Test func testsMirrorModules() throws {
        let rules = TargetRules(manifest: try #require(Repository.text(of: "Package.swift")))
        #expect(rules.broken(Repository.swiftFiles) == [])
        #expect(TargetRules.shapeless(Repository.swiftFiles) == [])
    }

    @Test func wordsAreTheStandardTerms() throws {
        let rules = WordRules(try #require(Repository.text(of: "Tests/LayoutTests/forbidden-words.txt")))
        let sources = Repository.swiftFiles.filter {
            !$0.path.hasPrefix("Tests/LayoutTests/") && !$0.path.hasPrefix("Sources/Demo/")
        }
        let found =
            sources.flatMap { rules.found(in: $0.text, of: $0.path) }
            + Repository.texts.flatMap { rules.found(in: Repository.text(of: $0) ?? "", of: $0) }
        #expect(found == [])
    }

    /// Paths in back quotes that name a folder of this repository exist.
    @Test func pathsInDocumentsExist() {
        let missing = Repository.documents.flatMap { document in
            (Repository.text(of: document) ?? "").split(separator: "`").map(String.init)
                .filter { path in Repository.folders.contains { path.hasPrefix("\($0)/") } }
                .filter { path in !path.contains { "<*…{ \n".contains($0) } }
                .filter { !Repository.exists($0) }
                .map { "\(document): \($0)" }
        }
        #expect(missing == [])
    }

    @Test func theMapAnswersTwentyQuestionsByPaths() throws {
        let text = try #require(Repository.text(of: "CONTRIBUTING.md"))
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("? | ") }
        let answers = rows.filter { $0.contains("`") }
        #expect(answers.count >= 20)
        #expect(Set(answers).count == answers.count)
    }
}
