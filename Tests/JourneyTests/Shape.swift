import Foundation
import Testing

/// The processes a shop consists of. Every suite declares the shapes it is for, so that a run of all of them needs no list.
enum Shape {
    case oneProcess, cluster, both

    /// `MAGPIE_TEST_SHAPE` of this run.
    static let current =
        ProcessInfo.processInfo.environment["MAGPIE_TEST_SHAPE"] == "cluster" ? Shape.cluster : .oneProcess
}

extension Trait where Self == ConditionTrait {
    /// Skips a suite or a test in runs of the other shape.
    static func shape(_ shape: Shape) -> Self {
        .enabled(
            if: shape == .both || shape == Shape.current,
            shape == .cluster ? "needs MAGPIE_TEST_SHAPE=cluster: see make test" : "is for a shop in one process")
    }
}
