extension String {
    /// The value of a series in the text that a scraper gets, as it is written; nil when it is not there.
    ///
    /// - Parameter series: Name and labels as they are written: `magpie_ready{service="magpie"}`.
    package func writtenValue(of series: String) -> String? {
        split(separator: "\n").first { $0.hasPrefix(series + " ") }.map { String($0.dropFirst(series.count + 1)) }
    }

    /// The same as a number.
    package func value(of series: String) -> Double? { writtenValue(of: series).flatMap { Double($0) } }
}
