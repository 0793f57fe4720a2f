import NIOCore
import NIOHTTPTypes

/// Ends a body that does not arrive in time: whoever reads it gets ``Expired``, and can still answer.
final class BodyTimeout: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    struct Expired: Error {}

    private let limit: TimeAmount
    private var isArriving = false
    private var timer: Scheduled<Void>?

    init(_ limit: TimeAmount = .seconds(8)) { self.limit = limit }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: isArriving = true
        case .body: break
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
            timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { context.fireErrorCaught(Expired()) }
        }
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }
}
