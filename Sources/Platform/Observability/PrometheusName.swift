import ServiceKit

/// How metric names and labels are written for Prometheus.
enum PrometheusName {
    /// The name of a metric's family: with its unit, without the ending `_total` of counters.
    static func family(of metric: Metric) -> String {
        let name = plain(metric.name)
        guard let unit = unit(of: metric), !name.hasSuffix("_" + unit) else { return name }
        return name + "_" + unit
    }

    /// A unit of UCUM as Prometheus spells it; nil where there is none to write.
    static func unit(of metric: Metric) -> String? {
        switch metric.unit {
        case "s": "seconds"
        case "By": "bytes"
        default: nil
        }
    }

    /// `a="1",b="2"`, sorted by name, values escaped.
    static func labels(_ dimensions: [(String, String)]) -> String {
        dimensions.map { (plain($0.0), $0.1) }
            .sorted { $0.0 < $1.0 }
            .map { "\($0.0)=\"\(escaped($0.1))\"" }
            .joined(separator: ",")
    }

    /// The characters of a name that Prometheus knows, others as `_`.
    static func plain(_ name: String) -> String {
        let name = String(name.unicodeScalars.map { isAllowed($0) ? Character($0) : "_" })
        return name.first?.isNumber ?? true ? "_" + name : name
    }

    /// A description on one line.
    static func escapedHelp(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_")
    }

    private static func escaped(_ value: String) -> String {
        guard value.unicodeScalars.contains(where: { $0 == "\\" || $0 == "\"" || $0 == "\n" }) else { return value }
        return value.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
