import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends the connection of a client that goes on sending a body which has been answered already, such as one that is too
/// large.
///
/// What is still on its way is read for a while, because closing at once could destroy the answer before the client has
/// seen it (RFC 9112, section 9.6); this is the end of that patience.
final class UnreadBodyLimit: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let bytes: Int
    private let time: TimeAmount
    private var requestsRead = 0
    private var requestsAnswered = 0
    private var unread = 0
    private var timer: Scheduled<Void>?

    init(bytes: Int = 2_097_152, time: TimeAmount = .seconds(15)) {
        self.bytes = bytes
        self.time = time
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: break
        case .body(let part) where requestsAnswered > requestsRead:
            unread += part.readableBytes
            if unread > bytes { return context.close(promise: nil) }
        case .body: break
        case .end:
            requestsRead += 1
            unread = 0
            timer?.cancel()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .head(let answer) = unwrapOutboundIn(data), answer.status.kind != .informational {
            requestsAnswered += 1
            if requestsAnswered > requestsRead {
                timer = context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
            }
        }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }
}
