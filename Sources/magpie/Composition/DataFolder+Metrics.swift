import Commerce
import CoreMetrics
import Foundation
import ServiceKit

extension DataFolder {
    private static let size = Metric(
        .gauge, "magpie.disk.size", unit: "By", help: "Size of the file system of the data folder.")
    private static let free = Metric(
        .gauge, "magpie.disk.free", unit: "By", help: "Free bytes of the file system of the data folder.")
    private static let lastBackupTime = Metric(
        .gauge, "magpie.backup.last_success.timestamp", unit: "s",
        help: "The moment whose state the last backup that succeeded has; absent without one.")
    static let metrics = [size, free, lastBackupTime]

    /// Measures the file system and reads when the last backup was made; to be called at each scrape.
    func measure(in factory: any MetricsFactory = MetricsSystem.factory) {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: root.path)
        for (metric, key) in [(Self.size, FileAttributeKey.systemSize), (Self.free, .systemFreeSize)] {
            let bytes = (attributes?[key] as? NSNumber)?.doubleValue
            metric.gauge(service: OneProcess.name, in: factory).set(bytes ?? .nan)
        }
        // An alert asks whether the series is there, so without a backup there is none.
        guard let lastBackup else { return }
        Self.lastBackupTime.gauge(service: OneProcess.name, in: factory)
            .set(Double(lastBackup.milliseconds) / 1_000)
    }
}
