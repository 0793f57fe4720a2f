import CoreMetrics
import Foundation
import ServiceKit

extension DataFolder {
    private static let size = Metric(
        .gauge, "magpie.disk.size", unit: "By", help: "Size of the file system of the data folder.")
    private static let free = Metric(
        .gauge, "magpie.disk.free", unit: "By", help: "Free bytes of the file system of the data folder.")
    static let metrics = [size, free]

    /// Measures the file system; to be called at each scrape.
    func measureDisk() {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: root.path)
        for (metric, key) in [(Self.size, FileAttributeKey.systemSize), (Self.free, .systemFreeSize)] {
            let bytes = (attributes?[key] as? NSNumber)?.doubleValue
            metric.gauge(service: OneProcess.name).set(bytes ?? .nan)
        }
    }
}
