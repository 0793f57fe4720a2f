import AnalyticsContract
import AuthContract
import CartContract
import Foundation
import OfferContract
import OrderContract
import ProductContract
import ServiceKit
import Testing

/// The lists of error codes hold what the services respond with.
@Suite struct ErrorCodeTests {
    private static let lists: [any ErrorCodeList.Type] = [
        ErrorCode.self, FieldCode.self, AuthErrorCode.self, AuthFieldCode.self, ProductErrorCode.self,
        ProductFieldCode.self, OfferErrorCode.self, OfferFieldCode.self, CartErrorCode.self, OrderErrorCode.self,
        OrderFieldCode.self, AnalyticsFieldCode.self,
    ]
    private static let codes = lists.flatMap { $0.codes }
    /// Only pages respond with these, never the API.
    private static let ofPages: Set = ["invalid_form", "form_expired"]

    @Test func aCodeStandsInOneList() {
        #expect(Set(Self.codes).count == Self.codes.count)
        #expect(Self.codes.allSatisfy { $0.allSatisfy { $0 == "_" || ("a"..."z").contains($0) } })
    }

    @Test func everyCodeInTheSourcesIsListed() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources")
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        var found: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            found.formUnion(text.matches(of: /[( ]code: "([a-z]+(?:_[a-z]+)*)"/).map { String($0.1) })
            found.formUnion(text.matches(of: /\.notFound\("([a-z]+)"\)/).map { "\($0.1)_not_found" })
        }
        #expect(found.subtracting(Self.codes).subtracting(Self.ofPages).isEmpty)
    }
}

extension ErrorCodeList {
    fileprivate static var codes: [String] { allCases.map(\.rawValue) }
}
