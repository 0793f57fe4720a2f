import NIOCore
import NIOHTTPTypes

/// Lets a connection that has brought no request yet bring one when the server shuts down: whoever has just connected
/// may have sent it already, and could not know whether it arrived.
final class FirstRequest: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let patience: TimeAmount
    private var hasCome = false
    private var timer: Scheduled<Void>?

    /// - Parameter patience: How long a server that shuts down waits for it.
    init(patience: TimeAmount = .seconds(1)) { self.patience = patience }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent, !hasCome else { return context.fireUserInboundEventTriggered(event) }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: patience) {
            context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireChannelRead(data)
        guard !hasCome else { return }
        hasCome = true
        guard let timer else { return }
        timer.cancel()
        context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }
}
