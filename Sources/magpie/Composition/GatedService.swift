import ServiceLifecycle

/// A service that begins when the gate is open.
struct GatedService: Service {
    let gate: StartupGate
    let service: any Service

    func run() async throws {
        await cancelWhenGracefulShutdown { await gate.wait() }
        if Task.isShuttingDownGracefully || Task.isCancelled { return }
        try await service.run()
    }
}
