import ServiceKit

/// Decides which traces are recorded, as `OTEL_TRACES_SAMPLER` names it. What is worth keeping is known only when a trace
/// has ended: that decision belongs to a collector.
/// https://opentelemetry.io/docs/specs/otel/trace/sdk/#built-in-samplers
package struct Sampler: Hashable, Sendable {
    package enum Roots: Hashable, Sendable {
        case all, none
        /// This share of all traces, from 0 to 1, chosen by the trace id: every process chooses the same.
        case share(Double)
    }

    package let roots: Roots
    /// Whether a span with a parent is recorded when its parent is.
    package let followsParent: Bool

    package init(roots: Roots = .all, followsParent: Bool = true) {
        self.roots = roots
        self.followsParent = followsParent
    }

    /// - Parameter name: A value of `OTEL_TRACES_SAMPLER`; nil for one that is not known.
    package init?(named name: String, share: Double?) {
        switch name {
        case "always_on": self.init(roots: .all, followsParent: false)
        case "always_off": self.init(roots: .none, followsParent: false)
        case "traceidratio": self.init(roots: .share(share ?? 1), followsParent: false)
        case "parentbased_always_on": self.init(roots: .all)
        case "parentbased_always_off": self.init(roots: .none)
        case "parentbased_traceidratio": self.init(roots: .share(share ?? 1))
        default: return nil
        }
    }

    /// - Parameter traceID: Its last 14 hex digits are random: https://www.w3.org/TR/trace-context-2/#random-trace-id-flag
    func samples(_ traceID: String, after parent: TraceContext?) -> Bool {
        if followsParent, let parent { return parent.sampled }
        switch roots {
        case .all: return true
        case .none: return false
        case .share(let share):
            let number = UInt64(traceID.suffix(14), radix: 16) ?? 0
            return Double(number) < share * Double(UInt64(1) << 56)
        }
    }
}
