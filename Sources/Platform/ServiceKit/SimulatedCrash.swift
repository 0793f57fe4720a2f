/// Thrown at a fault point in place of a real crash: nothing is undone, nothing more is done.
package struct SimulatedCrash: Error {
    package init() {}
}
