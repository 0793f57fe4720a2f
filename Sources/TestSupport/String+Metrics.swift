extension String {
    /// The value of a series in the text that a scraper gets; nil when it is not there.
    ///
    /// - Parameter series: Name and labels as they are written: `magpie_ready{service="magpie"}`.
    package func value(of series: String) -> Double? {
        split(separator: "\n").first { $0.hasPrefix(series + " ") }.flatMap { Double($0.dropFirst(series.count + 1)) }
    }
}
