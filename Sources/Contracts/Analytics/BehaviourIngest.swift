/// Records what visitors do, as browsers and apps report it. Returns only when the events are durable.
package protocol BehaviourIngest: Sendable {
    /// 422 names every event at fault; then none is stored. At most 100 events a call.
    func record(_ events: [BehaviourEvent]) async throws
}
