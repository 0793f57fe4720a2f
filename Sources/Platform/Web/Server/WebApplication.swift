package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// An HTTP/1.1 server of the router with limits on time, headers and queues.
///
/// On graceful shutdown it stops accepting, finishes the requests in flight and closes idle connections.
///
/// - Parameters:
///   - port: 0 for any free one.
///   - maximumConnections: Further clients wait in the kernel's queue; nil for no bound.
///   - serverName: For the `server` header; nil for none.
///   - drain: Ends the taking of connections before the server does.
package func webApplication(
    router: Router<WebContext>, host: String, port: Int, maximumConnections: ConnectionLimit? = nil,
    serverName: String? = nil,
    drain: Drain? = nil, logger: Logger,
    onServerRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
) -> Application<RouterResponder<WebContext>> {
    var logger = logger
    // Hummingbird greets at `info`; what matters here is warnings. Requests get their own level in RequestScope.
    logger.logLevel = max(logger.logLevel, .warning)
    return Application(
        router: router,
        server: .http1(
            configuration: .init(
                additionalChannelHandlers: [
                    FirstRequest(), WriteTimeout(), BodyTimeout(), UnreadBodyLimit(), ProtocolAnswers(),
                ],
                idleTimeout: .seconds(75),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 200))),
        configuration: ApplicationConfiguration(
            address: .hostname(host, port: port), serverName: serverName, backlog: 1_024,
            availableConnectionsDelegate: maximumConnections.map { MeasuredConnections($0.most, of: $0.service) }),
        onServerRunning: { channel in
            drain?.add(channel)
            await onServerRunning(channel.localAddress?.port ?? port)
        },
        logger: logger)
}

/// The same for a finished ``APIRouter``.
package func webApplication(
    router: APIRouter, host: String, port: Int, maximumConnections: ConnectionLimit? = nil, serverName: String? = nil,
    drain: Drain? = nil, logger: Logger,
    onServerRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
) -> Application<RouterResponder<WebContext>> {
    webApplication(
        router: router.router, host: host, port: port, maximumConnections: maximumConnections, serverName: serverName,
        drain: drain, logger: logger, onServerRunning: onServerRunning)
}
