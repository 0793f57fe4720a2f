import ServiceKit

extension FaultPoints {
    /// Simulates a crash at this point.
    static func crashing(at point: String) -> FaultPoints {
        FaultPoints { name in
            if name == point { throw SimulatedCrash() }
        }
    }
}
