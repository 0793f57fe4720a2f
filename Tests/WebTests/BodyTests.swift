import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import ServiceKit
import Synchronization
import Testing

@testable import Web

/// What a body may cost.
@Suite struct BodyTests {
    @Test func `each route bounds its bodies`() async throws {
        let large = BodyBounds(bytes: 100_000, json: JSONBounds(elements: 0, keys: 1))
        try await withServer { router in
            router.post("/small") { request, context in try await Self.taken(request, context) }
            router.put("/large", body: large) { request, context in try await Self.taken(request, context) }
        } test: { client in
            func text(_ bytes: Int) -> String { #"{"a":"\#(String(repeating: "x", count: bytes - 8))"}"# }
            let cases: [(HTTPRequest.Method, String, Int, HTTPResponse.Status)] = [
                (.post, "/small", 16_384, .ok), (.post, "/small", 16_385, .contentTooLarge),
                (.put, "/large", 100_000, .ok), (.put, "/large", 100_001, .contentTooLarge),
            ]
            for (method, path, bytes, status) in cases {
                let response = try await client.execute(
                    uri: path, method: method, headers: [.contentType: "application/json"],
                    body: ByteBuffer(string: text(bytes)))
                #expect(response.status == status)
                if status != .ok { #expect(try response.problem.code == "body_too_large") }
            }
        }
    }

    @Test func `a body with too large a Content-Length is not read`() async throws {
        let memory = BodyMemory()
        let request = Request(
            head: HTTPRequest(
                method: .post, scheme: nil, authority: nil, path: "/", headerFields: [.contentLength: "16385"]),
            body: RequestBody(buffer: ByteBuffer(string: "{}")))
        let refusal = await #expect(throws: ServiceError.self) {
            _ = try await ReceivedBody(request, within: 16_384, share: memory.share(of: nil))
        }
        #expect(refusal?.kind == .tooLarge && refusal?.message == "The body may have at most 16 KiB.")
    }

    private static func taken(_ request: Request, _ context: WebContext) async throws -> Response {
        var fields = try await RequestFields(request, context: context)
        _ = fields.optionalString("a", max: 1_000_000)
        try fields.finish()
        return Response(status: .ok)
    }

    @Test(arguments: [
        ("[1,1]", nil), ("[1,1,1]", 413), (#"{"a":[1],"b":[1]}"#, nil), (#"{"a":[1],"b":[1,1]}"#, 413),
        (#"{"a":1,"b":{"c":1}}"#, nil), (#"{"a":1,"b":{"c":1,"d":1}}"#, 413), ("[[],[]]", 413), ("[{},{}]", nil),
        (#"{"a":"[[[[,,,,{{{{","b":"\"[,,,,\\"}"#, nil), (#"{"\\":[1],"\\\"":[1,"\\",1]}"#, 413),
        (String(repeating: "[", count: 33), 413), (String(repeating: #"{"a":"#, count: 33), 413), ("]", 400),
    ])
    func `elements and keys are counted before anything is built`(json: String, status: Int?) {
        let bounds = JSONBounds(elements: 2, keys: 3)
        do {
            try bounds.check(ByteBuffer(string: json))
            #expect(status == nil)
        } catch {
            #expect(Problem(error).status.code == status)
        }
    }

    @Test func `one client's bodies do not take the memory of all`() throws {
        let memory = BodyMemory(most: 100, mostOfOne: 40)
        var shares = [memory.share(of: "a"), memory.share(of: "a"), memory.share(of: "b"), memory.share(of: nil)]
        try shares[0].add(30)
        try shares[1].add(10)
        let refused = #expect(throws: ServiceError.self) { try shares[1].add(1) }
        #expect(refused?.kind == .tooManyRequests && refused?.retryAfter != nil)
        try shares[2].add(40)
        try shares[3].add(20)
        let full = #expect(throws: ServiceError.self) { try shares[2].add(1) }
        #expect(full?.kind == .tooManyRequests || full?.kind == .unavailable)
        #expect(throws: ServiceError.unavailable("The reading of requests")) { try shares[3].add(1) }
        #expect(memory.held == 100)
        shares.removeFirst()
        #expect(memory.held == 70)
        try shares[0].add(30)
        shares.removeAll()
        #expect(memory.held == 0)
    }

    @Test func `a body is counted for as long as it is used`() async throws {
        let memory = BodyMemory(most: 100, mostOfOne: 100)
        let request = Request(
            head: HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/"),
            body: RequestBody(buffer: ByteBuffer(repeating: 0x20, count: 60)))
        var body: ReceivedBody? = try await ReceivedBody(request, within: 80, share: memory.share(of: "a"))
        #expect(body?.bytes.readableBytes == 60 && memory.held == 60)
        await #expect(throws: ServiceError.self) {
            _ = try await ReceivedBody(request, within: 80, share: memory.share(of: "a"))
        }
        body = nil
        #expect(memory.held == 0)
    }

    @Test func `large bodies are parsed one at a time`() async throws {
        let request = Request(
            head: HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/"),
            body: RequestBody(buffer: ByteBuffer(repeating: 0x20, count: 20_000)))
        let running = Running()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    let body = try await ReceivedBody(request, within: 20_000, share: BodyMemory().share(of: nil))
                    try await body.parsed { bytes in
                        running.state.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                        _ = bytes.readableBytesView.reduce(0) { $0 &+ Int($1) }
                        running.state.withLock { $0.now -= 1 }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(running.state.withLock { $0.most } == 1)
    }

    @Test func `work of a cancelled caller is not done`() async throws {
        let work = CostlyWork("test")
        let running = Running()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await work.run { running.state.withLock { $0.most += 1 } }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        try await work.run {}
        #expect(running.state.withLock { $0.most } == 0)
    }

    @Test func `a body that does not arrive in time ends`() throws {
        let (channel, errors) = (EmbeddedChannel(handler: BodyTimeout(.seconds(8))), ErrorsNoted())
        try channel.pipeline.syncOperations.addHandler(errors)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let post = HTTPRequest(method: .post, scheme: "http", authority: "shop", path: "/")
        for _ in 0..<2 {
            try channel.writeInbound(HTTPRequestPart.head(post))
            channel.embeddedEventLoop.advanceTime(by: .seconds(7))
            try channel.writeInbound(HTTPRequestPart.end(nil))
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(60))
        #expect(errors.count == 0, "both bodies came in time")
        try channel.writeInbound(HTTPRequestPart.head(post))
        for _ in 0..<7 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: " ")))
        }
        #expect(errors.count == 0)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(errors.count == 1)
    }

    @Test func `a body that comes steadily has a minute`() throws {
        let (channel, errors) = (EmbeddedChannel(handler: BodyTimeout()), ErrorsNoted())
        try channel.pipeline.syncOperations.addHandler(errors)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let post = HTTPRequest(method: .post, scheme: "http", authority: "shop", path: "/")
        try channel.writeInbound(HTTPRequestPart.head(post))
        for _ in 0..<60 {
            #expect(errors.count == 0)
            try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0x20, count: BodyTimeout.slowest)))
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        }
        #expect(errors.count == 1)
    }

    @Test func `a body after its response is handed to no handler`() throws {
        let channel = EmbeddedChannel(handler: UnreadBodyLimit())
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let post = HTTPRequest(method: .post, scheme: "http", authority: "shop", path: "/")
        try channel.writeInbound(HTTPRequestPart.head(post))
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .contentTooLarge)))
        for _ in 0..<3 { try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "x"))) }
        try channel.writeInbound(HTTPRequestPart.end(nil))
        #expect(try channel.readInbound(as: HTTPRequestPart.self) == .head(post))
        #expect(try channel.readInbound(as: HTTPRequestPart.self) == .end(nil))
    }
}

private final class Running: Sendable {
    let state = Mutex((now: 0, most: 0))
}

private final class ErrorsNoted: ChannelInboundHandler {
    typealias InboundIn = HTTPRequestPart
    private(set) var count = 0

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is BodyTimeout.Expired { count += 1 }
    }
}
