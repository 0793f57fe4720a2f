import AnalyticsContract
import AuthContract
import CartContract
import Commerce
import Foundation
import HTTPTypes
import OfferContract
import OrderContract
import ProductContract
import ServiceKit
import Testing
import Web

/// The lists of error codes are what the services respond with and what the OpenAPI document says.
@Suite struct ErrorCodeTests {
    private static let errorLists: [any ServiceErrorCodeList.Type] = [
        ErrorCode.self, AuthErrorCode.self, ProductErrorCode.self, OfferErrorCode.self, CartErrorCode.self,
        OrderErrorCode.self,
    ]
    private static let fieldLists: [any ErrorCodeList.Type] = [
        FieldCode.self, AuthFieldCode.self, ProductFieldCode.self, OfferFieldCode.self, OrderFieldCode.self,
        AnalyticsFieldCode.self,
    ]
    private static let errors =
        errorLists.flatMap { $0.statuses } + WebErrorCode.allCases.map { "\($0.rawValue) \($0.status.code)" }
    private static let fields = fieldLists.flatMap { $0.codes }
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    @Test func theDocumentHasEveryCodeOnceWithItsStatus() throws {
        let document = try document()
        #expect(document.errors.map { "\($0.code) \($0.status ?? 0)" }.sorted() == Self.errors.sorted())
        #expect(document.fields.map(\.code).sorted() == Self.fields.sorted())
        let codes = (document.errors + document.fields).map(\.code)
        #expect(Set(codes).count == codes.count)
        #expect(codes.allSatisfy { $0.allSatisfy { $0 == "_" || ("a"..."z").contains($0) } })
    }

    @Test func responsesNameTheCodesOfTheirStatus() throws {
        let document = try document()
        let known = Set(document.errors.map(\.code))
        for (name, response) in document.components.responses {
            guard let status = response.content?.values.first?.example.status else { continue }
            let named = Set(response.description.matches(of: /`([a-z_]+)`/).map { String($0.1) })
            let forClients = document.errors.filter { $0.status == status && $0.scope == nil }
            #expect(named.intersection(known) == Set(forClients.map(\.code)), "\(name)")
        }
    }

    /// A list that the tests above do not know is one of pages only, which the document leaves out.
    @Test func everyListIsCompared() throws {
        let document = try document()
        let known = Set((document.errors + document.fields).map(\.code))
        for file in try Self.files() where file.lastPathComponent == "ErrorCodes.swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            let codes = text.matches(of: /case \w+ = "([a-z_]+)"/).map { String($0.1) }
            let isOfPages = file.deletingLastPathComponent().lastPathComponent == "Domain"
            #expect(codes.allSatisfy { known.contains($0) != isOfPages }, "\(file.path())")
        }
    }

    @Test func noLiteralCodeStandsElsewhere() throws {
        for file in try Self.files() where file.lastPathComponent != "ErrorCodes.swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.firstMatch(of: /[( ]code: "[a-z]/) == nil, "\(file.path())")
        }
    }

    private struct Document: Decodable {
        struct Entry: Decodable {
            var code: String
            var status: Int?
            /// Who gets it, unless it is a client of the API.
            var scope: String?
        }
        struct Components: Decodable { var responses: [String: Response] }
        struct Response: Decodable {
            var description: String
            var content: [String: Content]?
        }
        struct Content: Decodable { var example: Example }
        struct Example: Decodable { var status: Int }

        var errors: [Entry]
        var fields: [Entry]
        var components: Components

        enum CodingKeys: String, CodingKey {
            case errors = "x-error-codes"
            case fields = "x-field-codes"
            case components
        }
    }

    private func document() throws -> Document {
        let file = Self.sources.appending(path: "Services/APIGateway/Resources/openapi.json")
        return try JSON.decode(Document.self, from: Data(contentsOf: file))
    }

    private static func files() throws -> [URL] {
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        return files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    }
}

extension ErrorCodeList {
    fileprivate static var codes: [String] { allCases.map(\.rawValue) }
}

extension ServiceErrorCodeList {
    /// `cart_not_found 404`.
    fileprivate static var statuses: [String] { allCases.map { "\($0.rawValue) \(status(of: $0.kind).code)" } }
}
