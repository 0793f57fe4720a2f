import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import ServiceKit
import TestSupport
import Testing

@testable import Web

@Suite struct ConnectionTests {
    private let post = HTTPRequest(method: .post, scheme: "http", authority: "shop", path: "/")

    @Test func `a client that does not read is let go`() throws {
        let channel = try connected(WriteTimeout(.seconds(30)))
        channel.isWritable = false
        channel.pipeline.fireChannelWritabilityChanged()
        channel.embeddedEventLoop.advanceTime(by: .seconds(29))
        #expect(channel.isActive)
        channel.isWritable = true
        channel.pipeline.fireChannelWritabilityChanged()
        channel.embeddedEventLoop.advanceTime(by: .seconds(31))
        #expect(channel.isActive, "it took something in time")
        channel.isWritable = false
        channel.pipeline.fireChannelWritabilityChanged()
        channel.embeddedEventLoop.advanceTime(by: .seconds(30))
        #expect(!channel.isActive)
    }

    @Test func `a shutdown waits a moment for the first request of a connection`() throws {
        for (isAsked, pause) in [(true, TimeAmount.zero), (false, .seconds(1))] {
            let end = EndNoted()
            let channel = try connected(FirstRequest(timeLimit: .seconds(1)))
            try channel.pipeline.syncOperations.addHandler(end)
            channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
            channel.embeddedEventLoop.advanceTime(by: .milliseconds(999))
            #expect(end.requestsBefore == nil)
            if isAsked { try channel.writeInbound(HTTPRequestPart.head(post)) }
            channel.embeddedEventLoop.advanceTime(by: pause)
            #expect(end.requestsBefore == (isAsked ? 1 : 0))
        }
    }

    @Test func `a connection that had a request ends at once on a shutdown`() throws {
        let end = EndNoted()
        let channel = try connected(FirstRequest())
        try channel.pipeline.syncOperations.addHandler(end)
        try channel.writeInbound(HTTPRequestPart.head(post))
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(end.requestsBefore == 1)
    }

    @Test func `a body after its response may not go on for ever`() throws {
        let channel = try connected(UnreadBodyLimit(bytes: 100, time: .seconds(15)))
        try channel.writeInbound(HTTPRequestPart.head(post))
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0, count: 5_000)))
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .contentTooLarge)))
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0, count: 100)))
        #expect(channel.isActive)
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0, count: 1)))
        #expect(!channel.isActive)
    }

    @Test func `a body after its response may not take for ever`() throws {
        let channel = try connected(UnreadBodyLimit(bytes: 100, time: .seconds(15)))
        for _ in 0..<2 {
            try channel.writeInbound(HTTPRequestPart.head(post))
            try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .contentTooLarge)))
            channel.embeddedEventLoop.advanceTime(by: .seconds(14))
            try channel.writeInbound(HTTPRequestPart.end(nil))
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(60))
        #expect(channel.isActive, "both bodies ended in time")
        try channel.writeInbound(HTTPRequestPart.head(post))
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .contentTooLarge)))
        channel.embeddedEventLoop.advanceTime(by: .seconds(15))
        #expect(!channel.isActive)
    }

    @Test(arguments: [
        ("nonsense\r\n\r\n", 400, "bad_request"),
        ("POST / HTTP/1.1\r\nHost: s\r\nContent-Length: x\r\n\r\n", 400, "bad_request"),
        ("GET / HTTP/1.1\r\nHost: s\r\nX: \(String(repeating: "x", count: 20_000))\r\n\r\n", 431, "header_too_large"),
    ])
    func `the response to what is not HTTP is a problem`(request: String, status: Int, code: String) throws {
        let channel = try server(ProtocolAnswers())
        try channel.writeInbound(ByteBuffer(string: request))
        let (head, body) = try response(of: channel)
        #expect(head.hasPrefix("HTTP/1.1 \(status) "))
        #expect(head.contains("application/problem+json") && head.lowercased().contains("connection: close"))
        let problem = try JSON.decode(ProblemBody.self, from: ByteBuffer(string: body))
        #expect(problem.status == status && problem.code == code)
        #expect(head.contains("x-request-id: \(problem.request_id)"))
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test func `a refusal does not overtake a response`() throws {
        let channel = try server(ProtocolAnswers())
        #expect(throws: HTTPParserError.self) {
            try channel.writeInbound(ByteBuffer(string: "GET / HTTP/1.1\r\nHost: s\r\n\r\nnonsense\r\n\r\n"))
        }
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
    }

    @Test(arguments: [("10", true), ("1048577", false)])
    func `a client that expects 100-continue gets it`(length: String, expected: Bool) throws {
        let channel = try server(ProtocolAnswers())
        try channel.writeInbound(
            ByteBuffer(
                string: "POST / HTTP/1.1\r\nHost: s\r\nExpect: 100-continue\r\nContent-Length: \(length)\r\n\r\n"))
        #expect(try response(of: channel).head.hasPrefix("HTTP/1.1 100 ") == expected)
    }

    @Test(arguments: [(nil, [], 400), ("shop", [], 200), ("shop", ["other"], 400), ("", [], 400)])
    func `a request names one host`(authority: String?, others: [String], status: Int) async throws {
        let host = try #require(HTTPField.Name("Host"))
        var head = HTTPRequest(method: .get, scheme: "http", authority: authority, path: "/")
        for other in others { head.headerFields[host] = other }
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        let context = WebContext(
            source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: LogLines().logger))
        do {
            _ = try await HostHeader().handle(request, context: context) { _, _ in Response(status: .ok) }
            #expect(status == 200)
        } catch {
            #expect(Problem(error).status.code == status)
        }
    }

    private func connected(_ handler: some ChannelHandler) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: handler)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    private func server(_ handler: some ChannelHandler) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 16 * 1_024
        try channel.pipeline.syncOperations.configureHTTPServerPipeline(
            withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
            withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
        try channel.pipeline.syncOperations.addHandlers([HTTP1ToHTTPServerCodec(secure: false), handler])
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    private func response(of channel: EmbeddedChannel) throws -> (head: String, body: String) {
        var text = ""
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: buffer) }
        let end = text.range(of: "\r\n\r\n")
        return (end.map { String(text[..<$0.lowerBound]) } ?? text, end.map { String(text[$0.upperBound...]) } ?? "")
    }
}

/// Notes how many requests had come when the shutdown was announced.
private final class EndNoted: ChannelInboundHandler {
    typealias InboundIn = HTTPRequestPart
    private(set) var requestsBefore: Int?
    private var requests = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) { requests += 1 }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent { requestsBefore = requests }
    }
}
