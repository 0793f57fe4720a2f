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

    @Test func smallTypesBelongToTheGroupOfTheirFile() {
        let file = SourceFile(
            path: "Sources/Commerce/Money.swift",
            text: """
                struct Money {}
                enum MoneyError {
                }
                struct Rounding {
                }
                struct Line {}
                private struct Half {
                }
                """)
        #expect(FileNameRules.strays([file]) == ["Sources/Commerce/Money.swift holds Rounding"])
    }

    @Test func aCaseNamedImportIsNoImport() {
        let rule = SourceFile(
            path: "Sources/Services/Cart/Domain/CartRule.swift", text: "let why = Why.of(.import, reason: 1)\n")
        #expect(RoomRules.impureImports([rule]) == [])
    }

    @Test func privateHelpersMayShareAFile() {
        func file(_ access: String, lines: Int) -> SourceFile {
            let body = String(repeating: "    let a: Int\n", count: lines - 2)
            return SourceFile(
                path: "Sources/Commerce/Money.swift", text: "struct Money {}\n\(access)struct Helper {\n\(body)}\n")
        }
        #expect(FileNameRules.hidden([file("private ", lines: FileNameRules.linesOfPrivateHelper)]) == [])
        #expect(FileNameRules.hidden([file("private final ", lines: 101), file("", lines: 60)]).count == 2)
    }

    @Test func listsOfErrorCodesHaveAFile() {
        func file(_ name: String) -> SourceFile {
            SourceFile(path: "Sources/Contracts/Cart/\(name).swift", text: "enum CartErrorCode {}")
        }
        #expect(FileNameRules.misnamed([file("ErrorCodes"), file("CartErrorCode")]) == [])
        #expect(FileNameRules.misnamed([file("CartCodes")]).count == 1)
    }

    @Test func testsWithoutAModuleOfTheirNameAreReported() {
        let manifest = """
            module("SQL", "Platform/SQL", ["Commerce"]), contract("Cart"),
            module(
                "CartService", "Services/Cart", []), tests("CartServiceTests", ["SQL"]), tests("CartContractTests", []),
            tests(
                "PlatformTests", ["SQL"]), tests("JourneyTests", []),
            """
        let files = ["SQLTests/DatabaseTests", "CartServiceTests/CouponTests"].map {
            SourceFile(path: "Tests/\($0).swift", text: "")
        }
        #expect(
            TargetRules(manifest: manifest).broken(files) == [
                "PlatformTests is named after no module", "SQL has no SQLTests", "Tests/SQLTests is no target",
            ])
    }

    @Test func journeysSayInWhichShapesTheyRun() {
        let (declared, open) = ("@Suite(.shape(.both)) struct A {}", "@Suite struct A {}")
        func file(_ text: String) -> SourceFile { SourceFile(path: "Tests/JourneyTests/ATests.swift", text: text) }
        #expect(TargetRules.shapeless([file(declared)]) == [])
        #expect(TargetRules.shapeless([file(open)]).count == 1)
    }

    @Test func wordsAreFoundInNamesAndTexts() {
        let rules = WordRules("# comment\ndoor = route access\nis away = is unavailable\n")
        #expect(rules.found(in: "let pageDoor = 1\n// Kafka is away.\n", of: "a.swift").count == 2)
        #expect(rules.found(in: "let indoor = doorway", of: "a.swift") == [])
    }

    @Test func wordsAreFoundAcrossLinesWithTheirLine() {
        let rules = WordRules("is away = is unavailable\n")
        #expect(
            rules.found(in: "let a = 1\n/// Kafka is\n/// away.\n", of: "a.swift")
                == ["a.swift:2: “is away”, better: is unavailable"])
    }

    @Test func storedNamesAndNamesOnTheWireMayStay() {
        let rules = WordRules("given up = abandoned\nthaw = unlock | Sources/Contracts/Cart/Wire/\n")
        #expect(rules.found(in: "given_up_orders given-up-orders", of: "a.swift") == [])
        #expect(rules.found(in: "\"thaw\"", of: "Sources/Contracts/Cart/Wire/CartMethods.swift") == [])
        #expect(rules.found(in: "\"thaw\"", of: "Sources/Contracts/Cart/Carts.swift").count == 1)
    }
}
