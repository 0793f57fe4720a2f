import CoreMetrics

extension MeterHandler {
    /// Shows what is measured. No number when it cannot be, for the last one would look as if all were well; throws why.
    func show(_ measure: () async throws -> Int64) async throws {
        do {
            set(try await measure())
        } catch {
            set(Double.nan)
            throw error
        }
    }
}
