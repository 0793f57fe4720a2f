import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// A response over real HTTP.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: Data

    var json: JSON { JSON((try? JSONSerialization.jsonObject(with: body, options: .fragmentsAllowed)) ?? NSNull()) }
    var text: String { String(decoding: body, as: UTF8.self) }
    var code: String? { json["code"].string }
}

/// Reads loosely typed JSON in tests: `answer.json["totals"]["total"]["amount"].int`.
struct JSON: @unchecked Sendable {  // Only ever holds immutable Foundation JSON objects.
    private let value: Any
    init(_ value: Any) { self.value = value }
    subscript(_ key: String) -> JSON { JSON((value as? [String: Any])?[key] ?? NSNull()) }
    subscript(_ index: Int) -> JSON {
        guard let array = value as? [Any], array.indices.contains(index) else { return JSON(NSNull()) }
        return JSON(array[index])
    }
    var string: String? { value as? String }
    var int: Int? { (value as? NSNumber)?.intValue }
    var bool: Bool? { (value as? NSNumber)?.boolValue }
    var array: [JSON] { (value as? [Any] ?? []).map(JSON.init) }
    var isNull: Bool { value is NSNull }
}

/// An HTTP client of the shop.
struct Client: Sendable {
    static let shared = Client()
    /// Does not follow redirects; lives as long as the tests.
    private static let http = HTTPClient(
        eventLoopGroupProvider: .singleton, configuration: HTTPClient.Configuration(redirectConfiguration: .disallow))

    func get(_ url: String, headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", url, headers: headers, body: nil)
    }

    func send(_ method: String, _ url: String, headers: [String: String] = [:], body: String?) async throws -> Answer {
        try await send(method, url, headers: headers, bytes: body.map(ByteBuffer.init(string:)))
    }

    func send(
        _ method: String, _ url: String, headers: [String: String], bytes: ByteBuffer?
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        if let bytes { request.body = .bytes(bytes) }
        let response = try await Self.http.execute(request, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 8 << 20)
        return Answer(status: Int(response.status.code), headers: response.headers, body: Data(bytes.readableBytesView))
    }
}

extension RunningShop {
    func api(
        _ method: String, _ path: String, token: String? = nil, key: String? = nil, headers: [String: String] = [:],
        _ body: String? = nil
    ) async throws -> Answer {
        var headers = headers
        if body != nil { headers["Content-Type"] = headers["Content-Type"] ?? "application/json" }
        if let token { headers["Authorization"] = "Bearer \(token)" }
        if let key { headers["Idempotency-Key"] = key }
        return try await Client.shared.send(
            method, "http://127.0.0.1:\(port)/api/v1\(path)", headers: headers, body: body)
    }
}
