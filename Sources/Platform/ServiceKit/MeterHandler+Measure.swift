package import CoreMetrics

extension MeterHandler {
    /// Sets the meter to the measured value. When measuring fails, sets it to no number, because the last value would look as
    /// if all were well, and throws the error.
    package func record(_ measure: () async throws -> Int64) async throws {
        do {
            set(try await measure())
        } catch {
            set(Double.nan)
            throw error
        }
    }
}
