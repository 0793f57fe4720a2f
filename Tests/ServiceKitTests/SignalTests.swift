import ServiceKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct SignalTests {
    private static let forEver = Duration.seconds(86_400)

    @Test func whatCameSinceTheCountIsNotWaitedFor() async {
        let signal = Signal()
        let seen = signal.count
        signal.notify()
        await signal.wait(after: seen, for: Self.forEver)
        #expect(signal.count == seen + 1)
    }

    @Test func everybodyWhoWaitsIsWoken() async {
        let signal = Signal()
        let seen = signal.count
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<8 { tasks.addTask { await signal.wait(after: seen, for: Self.forEver) } }
            signal.notify()
        }
    }

    @Test func aWaitEndsWithItsTimeAndWithItsTask() async {
        let signal = Signal()
        await signal.wait(after: signal.count, for: .milliseconds(1))
        let waiting = Task { await signal.wait(after: signal.count, for: Self.forEver) }
        waiting.cancel()
        await waiting.value
    }
}
