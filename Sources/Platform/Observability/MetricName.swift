/// How metric names and labels are written for Prometheus.
enum MetricName {
    static func plain(_ label: String) -> String {
        let name = String(label.unicodeScalars.map { isAllowed($0) ? Character($0) : "_" })
        return name.first?.isNumber ?? true ? "_" + name : name
    }

    static func counter(_ label: String) -> String { suffixed(plain(label), "_total") }
    static func timer(_ label: String) -> String { suffixed(plain(label), "_seconds") }

    /// `a="1",b="2"`, sorted by name, values escaped.
    static func labels(_ dimensions: [(String, String)]) -> String {
        dimensions.map { (plain($0.0), $0.1) }
            .sorted { $0.0 < $1.0 }
            .map { "\($0.0)=\"\(escaped($0.1))\"" }
            .joined(separator: ",")
    }

    private static func suffixed(_ name: String, _ suffix: String) -> String {
        name.hasSuffix(suffix) ? name : name + suffix
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
