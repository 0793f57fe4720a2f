import Testing

/// The rules themselves, on files that break them.
@Suite struct RuleTests {
    private let store = SourceFile(
        path: "Sources/Services/Cart/Storage/CartStore.swift",
        text: "struct CartStore {\n    let limits: CartLimits\n}\n")
    private let limits = SourceFile(
        path: "Sources/Services/Cart/Domain/CartLimits.swift",
        text: "import Commerce\n/// Not CartStore.\nstruct CartLimits { let text = \"CartStore\" }\n")

    @Test func whatIsInItsPlaceIsFound() {
        #expect(RoomRules.misplaced([store, limits]) == [])
        #expect(RoomRules.upwardReferences([store, limits]) == [])
        #expect(RoomRules.impureImports([store, limits]) == [])
        #expect(FileNameRules.misnamed([store, limits]) == [])
    }

    @Test func aFileInTheWrongRoomIsReported() {
        let stray = SourceFile(path: "Sources/Services/Cart/Workflows/AddLine.swift", text: "struct AddLine {}")
        let loose = SourceFile(path: "Sources/Services/Cart/AddLine.swift", text: "struct AddLine {}")
        #expect(RoomRules.misplaced([stray, loose]).count == 2)
    }

    @Test func aNameOfARoomAboveIsReported() {
        let rule = SourceFile(
            path: "Sources/Services/Cart/Domain/CartRule.swift", text: "struct CartRule { let store: CartStore }")
        #expect(RoomRules.upwardReferences([store, limits, rule]).count == 1)
        let other = SourceFile(
            path: "Sources/Services/Order/Domain/Rule.swift", text: "struct Rule { let s: CartStore }")
        #expect(RoomRules.upwardReferences([store, other]) == [], "Another service has names of its own.")
    }

    @Test func namesInInterpolationsCount() {
        let rule = SourceFile(
            path: "Sources/Services/Cart/Domain/CartRule.swift", text: "let text = \"a \\(CartStore.name) b\"")
        #expect(RoomRules.upwardReferences([store, rule]).count == 1)
    }

    @Test func anImpureDomainIsReported() {
        let rule = SourceFile(path: "Sources/Services/Cart/Domain/CartRule.swift", text: "package import SQL\n")
        #expect(RoomRules.impureImports([rule]) == ["Sources/Services/Cart/Domain/CartRule.swift imports SQL"])
    }

    @Test func filesOfAnotherNameAreReported() {
        let wrong = SourceFile(path: "Sources/Commerce/Prices.swift", text: "struct Money {}")
        let body = String(repeating: "    let a: Int\n", count: FileNameRules.linesOfBehaviour)
        let hiding = SourceFile(
            path: "Sources/Commerce/Money.swift", text: "struct Money {}\nstruct Rounding {\n\(body)}\n")
        #expect(FileNameRules.misnamed([wrong, hiding]).count == 1)
        #expect(FileNameRules.hidden([wrong, hiding]).count == 1)
        let plural = SourceFile(path: "Sources/Commerce/Countries.swift", text: "enum Country {}")
        #expect(FileNameRules.misnamed([plural]) == [])
    }

    @Test func wordsAreFoundInNamesAndTexts() {
        let rules = WordRules("# comment\ndoor = route access\nis away = is unavailable\n")
        #expect(rules.found(in: "let pageDoor = 1\n// Kafka is away.\n", of: "a.swift").count == 2)
        #expect(rules.found(in: "let indoor = doorway", of: "a.swift") == [])
    }
}
