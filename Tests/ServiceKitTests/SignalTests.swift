import ServiceKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct SignalTests {
    private static let unlimited = Duration.seconds(86_400)

    @Test func aNotificationSinceTheCountEndsTheWait() async {
        let signal = Signal()
        let seen = signal.count
        signal.notify()
        await signal.wait(after: seen, for: Self.unlimited)
        #expect(signal.count == seen + 1)
    }

    @Test func everyWaiterIsWoken() async {
        let signal = Signal()
        let seen = signal.count
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<8 { tasks.addTask { await signal.wait(after: seen, for: Self.unlimited) } }
            signal.notify()
        }
    }

    @Test func aWaitEndsWithItsTimeAndWithItsTask() async {
        let signal = Signal()
        await signal.wait(after: signal.count, for: .milliseconds(1))
        let waiting = Task { await signal.wait(after: signal.count, for: Self.unlimited) }
        waiting.cancel()
        await waiting.value
    }
}
