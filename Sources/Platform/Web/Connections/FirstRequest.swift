import NIOCore
import NIOHTTPTypes

/// On shutdown, waits for the first request of a connection that has had none yet: its client may have sent one already,
/// and could not know whether it arrived.
final class FirstRequest: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let timeLimit: TimeAmount
    private var hasArrived = false
    private var timer: Scheduled<Void>?

    /// - Parameter timeLimit: How long a server that shuts down waits for it.
    init(timeLimit: TimeAmount = .seconds(1)) { self.timeLimit = timeLimit }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent, !hasArrived else {
            return context.fireUserInboundEventTriggered(event)
        }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: timeLimit) {
            context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireChannelRead(data)
        guard !hasArrived else { return }
        hasArrived = true
        guard let timer else { return }
        timer.cancel()
        context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }
}
