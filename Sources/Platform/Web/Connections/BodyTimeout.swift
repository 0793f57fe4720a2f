import NIOCore
import NIOHTTPTypes

/// Ends a body that does not arrive in time: whoever reads it gets ``Expired``, and can still answer.
///
/// What comes steadily may take longer than what trickles: a large file over a slow line is no attack.
final class BodyTimeout: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    struct Expired: Error {}

    /// Bytes a second that a body must have brought, on average, when it takes longer than `limit`.
    static let slowest = 16_384
    private let limit: TimeAmount
    private let most: TimeAmount
    private var isArriving = false
    private var received = 0
    private var begun = NIODeadline.uptimeNanoseconds(0)
    private var timer: Scheduled<Void>?

    /// - Parameters:
    ///   - limit: What every body may take.
    ///   - most: What none may take longer than.
    init(_ limit: TimeAmount = .seconds(8), most: TimeAmount = .seconds(60)) {
        self.limit = limit
        self.most = most
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            isArriving = true
            received = 0
        case .body(let part): received += part.readableBytes
        case .end:
            isArriving = false
            timer?.cancel()
            timer = nil
        }
        context.fireChannelRead(data)
    }

    /// Most requests are whole by now, and need no timer.
    func channelReadComplete(context: ChannelHandlerContext) {
        if isArriving, timer == nil {
            begun = context.eventLoop.now
            look(again: limit, context)
        }
        context.fireChannelReadComplete()
    }

    private func look(again time: TimeAmount, _ context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
            let elapsed = context.eventLoop.now - self.begun
            let due = Self.slowest * Int(elapsed.nanoseconds / 1_000_000_000)
            if elapsed < self.most, self.received >= due {
                self.look(again: .seconds(1), context)
            } else {
                context.fireErrorCaught(Expired())
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }
}
