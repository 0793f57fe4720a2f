package import Tracing

/// A span that takes an attribute without a copy of the others, which ``Span/attributes`` makes at each change.
package protocol AttributeSpan: Span {
    func set(_ key: String, _ value: SpanAttribute)
}

extension Span {
    /// Sets an attribute in the way that costs least.
    func setAttribute(_ key: String, _ value: SpanAttribute) {
        if let span = self as? any AttributeSpan { span.set(key, value) } else { attributes.set(key, value: value) }
    }
}
