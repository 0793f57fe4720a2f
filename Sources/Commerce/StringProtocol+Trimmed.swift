extension StringProtocol {
    /// Without white space at its ends, line ends included.
    package var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }

    /// Whether there is nothing but white space.
    package var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
