/// What a double was asked: values of several types side by side.
package struct Inputs: Hashable, Sendable {
    private let values: [any Hashable & Sendable]

    package init(_ values: any Hashable & Sendable...) { self.values = values }

    private var comparable: [AnyHashable] { values.map { AnyHashable($0) } }

    package static func == (left: Inputs, right: Inputs) -> Bool { left.comparable == right.comparable }
    package func hash(into hasher: inout Hasher) { hasher.combine(comparable) }
}
