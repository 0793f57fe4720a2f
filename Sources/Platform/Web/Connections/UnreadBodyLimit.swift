import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Drops what still comes of a body which has been answered already, such as one that is too large, and ends the
/// connection of a client that goes on sending it.
///
/// It is read for a while, because closing at once could destroy the answer before the client has seen it (RFC 9112,
/// section 9.6); slowly, because it must not take much from others.
final class UnreadBodyLimit: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let bytes: Int
    private let time: TimeAmount
    /// Between one read and the next.
    private static let pause = TimeAmount.milliseconds(50)
    private var requestsRead = 0
    private var requestsAnswered = 0
    private var unread = 0
    private var timer: Scheduled<Void>?
    private var nextRead: Scheduled<Void>?

    init(bytes: Int = 2_097_152, time: TimeAmount = .seconds(15)) {
        self.bytes = bytes
        self.time = time
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: break
        case .body(let part) where requestsAnswered > requestsRead:
            unread += part.readableBytes
            if unread > bytes { context.close(promise: nil) }
            return
        case .body: break
        case .end:
            requestsRead += 1
            unread = 0
            timer?.cancel()
        }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        guard requestsAnswered > requestsRead else { return context.read() }
        guard nextRead == nil else { return }
        nextRead = context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            self.nextRead = nil
            context.read()
        }
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
        nextRead?.cancel()
        // What was received in takes as much as the body would have.
        if requestsAnswered > requestsRead { FreedMemory.giveBackSoon() }
        context.fireChannelInactive()
    }
}
