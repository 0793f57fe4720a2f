import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import ServiceKit

/// Answers what never becomes a request: messages that are not HTTP, as problems like every other error, and the
/// question of `Expect: 100-continue`.
///
/// Only while no other request of the connection is being answered: answers must not overtake each other.
final class ProtocolAnswers: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var requestsBegun = 0
    private var requestsAnswered = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) {
            if requestsBegun == requestsAnswered, Self.expectsContinue(head) {
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
            }
            requestsBegun += 1
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { requestsAnswered += 1 }
        context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let isMalformed = error is HTTPParserError || error is HTTP1TypeConversionError
        guard isMalformed, requestsBegun == requestsAnswered else { return context.fireErrorCaught(error) }
        let requestID = TraceContext.new().traceID
        let problem = Problem.malformed(error)
        let body = problem.body(requestID: requestID)
        var headers = problem.headers
        headers[.contentType] = Problem.contentType
        headers[.contentLength] = String(body.readableBytes)
        headers[.connection] = "close"
        headers[.requestID] = requestID
        context.write(wrapOutboundOut(.head(HTTPResponse(status: problem.status, headerFields: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        // The client may be in the middle of sending: closing both ways now could destroy the answer.
        context.close(mode: .output, promise: nil)
        _ = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) { context.close(promise: nil) }
    }

    private static func expectsContinue(_ head: HTTPRequest) -> Bool {
        guard head.headerFields[.expect]?.lowercased() == "100-continue" else { return false }
        // Which route reads it is not known here: one that is too large for most is refused before it is sent, and a
        // client sends one that is not refused after a moment of its own (RFC 9110, section 10.1.1).
        return head.headerFields[.contentLength].flatMap { Int($0) }.map { $0 <= BodyBounds.small.bytes } ?? true
    }
}

extension Problem {
    fileprivate static func malformed(_ error: any Error) -> Problem {
        guard let error = error as? HTTPParserError, error == .headerOverflow else {
            return Problem(ServiceError(ErrorCode.badRequest, "This is not a well-formed HTTP request."))
        }
        return Problem(
            WebError(
                .headerTooLarge, "The address and each header may have at most 16 KiB, all headers together 32 KiB."))
    }
}
