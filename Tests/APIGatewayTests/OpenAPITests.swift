import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ServiceKit
import Testing
import Web

/// The OpenAPI document is what the gateway serves, and the gateway serves what the document says.
@Suite struct OpenAPITests {
    @Test func everyRouteIsDescribedAndEveryDescribedRouteExists() async throws {
        let shop = try await Shop()
        let served = Set(shop.router.routes.map { "\($0.method.rawValue) \($0.template)" })
        try await shop.test { client in
            let response = try await client.send(.get, "/openapi.json")
            #expect(response.status == .ok)
            #expect(response.headers[.contentType]?.hasPrefix("application/json") == true)
            let document = try #require(response.json)
            #expect(document["openapi"]?.stringValue?.hasPrefix("3.1") == true)
            let paths = try #require(document["paths"]?.objectValue)
            let described = paths.flatMap { path, item in
                (item.objectValue ?? [:]).keys.map { "\($0.uppercased()) \(path)" }
            }
            #expect(Set(described).subtracting(served).isEmpty, "described, but not served")
            #expect(served.subtracting(described).isEmpty, "served, but not described")
        }
    }

    @Test func everyOperationDescribesResponsesAndParameters() async throws {
        let document = try await document()
        var ids: Set<String> = []
        for (path, item) in try #require(document["paths"]?.objectValue) {
            for (method, operation) in item.objectValue ?? [:] {
                let id = try #require(operation["operationId"]?.stringValue)
                #expect(ids.insert(id).inserted, "\(id) is not unique")
                let statuses = try #require(operation["responses"]?.objectValue).keys
                #expect(statuses.contains { $0.hasPrefix("2") }, "\(method) \(path)")
                #expect(statuses.contains("429"), "\(method) \(path)")
                let parameters = try parameterNames(of: operation, in: document)
                for part in path.split(separator: "/") where part.hasPrefix("{") {
                    #expect(parameters.contains(String(part.dropFirst().dropLast())), "\(method) \(path)")
                }
            }
        }
    }

    @Test func everyBodyDescribesItsLimit() async throws {
        let bounds = try await Shop().router.bodyBounds
        let document = try await document()
        for (path, item) in try #require(document["paths"]?.objectValue) {
            for (method, operation) in item.objectValue ?? [:] {
                guard let body = operation["requestBody"] else { continue }
                let name = try #require(HTTPRequest.Method(method.uppercased()))
                let bound = bounds[APIRouter.Route(method: name, template: path)]
                #expect(body["x-maximum-bytes"] == bound.map { .int(Int64($0.bytes)) }, "\(method) \(path)")
            }
        }
    }

    private func document() async throws -> JSONValue {
        let found = Recorder<JSONValue>()
        try await Shop().test { client in
            if let json = try await client.send(.get, "/openapi.json").json { found.record(json) }
        }
        return try #require(found.values.first)
    }

    private func parameterNames(of operation: JSONValue, in document: JSONValue) throws -> [String] {
        let components = try #require(document["components"]?["parameters"])
        return (operation["parameters"]?.arrayValue ?? []).compactMap { parameter in
            let name = parameter["$ref"]?.stringValue?.split(separator: "/").last.map(String.init)
            return components[name ?? ""]?["name"]?.stringValue
        }
    }
}
