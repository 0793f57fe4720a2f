/// What a double was asked: values of several types side by side.
struct Inputs: Hashable, Sendable {
    private let values: [any Hashable & Sendable]

    init(_ values: any Hashable & Sendable...) { self.values = values }

    private var comparable: [AnyHashable] { values.map { AnyHashable($0) } }

    static func == (left: Inputs, right: Inputs) -> Bool { left.comparable == right.comparable }
    func hash(into hasher: inout Hasher) { hasher.combine(comparable) }
}
