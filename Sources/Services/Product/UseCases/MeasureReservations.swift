import CoreMetrics
import SQL
import ServiceKit

/// Measures how many reservations are held.
struct MeasureReservations: Sendable {
    private let database: any Database
    private let reservations: any MeterHandler

    init(database: any Database, _ metrics: any MetricsFactory) {
        self.database = database
        reservations = ProductMetrics.reservations.gauge(service: ProductMetrics.service, in: metrics)
        reservations.set(Double.nan)  // Until they have been counted.
    }

    func run() async throws {
        try await reservations.record { try await database.read { tx in try ReservedStock.held(in: tx) } }
    }
}
