import CoreMetrics
import HummingbirdCore
import ServiceKit

/// Bounds the connections of a server and measures how many there are.
struct MeasuredConnections: AvailableConnectionsDelegate {
    private let most: Int
    private var count = 0
    private let gauge: any MeterHandler

    init(_ most: Int, of service: String, metrics: any MetricsFactory = MetricsSystem.factory) {
        self.most = most
        gauge = HTTPMetrics.connections.gauge(service: service, in: metrics)
        HTTPMetrics.mostConnections.gauge(service: service, in: metrics).set(Int64(most))
    }

    mutating func connectionOpened() {
        count += 1
        gauge.set(Int64(count))
    }

    mutating func connectionClosed() {
        count -= 1
        gauge.set(Int64(count))
    }

    func isAcceptingNewConnections() -> Bool { count < most }
}
