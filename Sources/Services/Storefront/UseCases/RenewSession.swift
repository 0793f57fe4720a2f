import AuthContract
import Commerce
import ServiceKit

/// Renews each refresh token once, however many requests of a browser carry it at the same time: a refresh token that is
/// used a second time ends the login.
actor RenewSession {
    private enum Entry {
        case running([CheckedContinuation<SignIn, any Error>])
        case done(SignIn, at: Instant)
    }
    /// How long late requests may still carry the old token.
    private static let retention = Duration.seconds(60)

    private let refresh: @Sendable (String) async throws -> SignIn
    private let shared: SharedRenewals?
    private let clock: WallClock
    private var entries: [String: Entry] = [:]

    /// - Parameter shared: Where requests reach several replicas.
    init(
        clock: WallClock = .system, shared: SharedRenewals? = nil,
        refresh: @escaping @Sendable (String) async throws -> SignIn
    ) {
        self.shared = shared
        self.refresh = refresh
        self.clock = clock
    }

    func run(_ token: String) async throws -> SignIn {
        deleteExpired()
        switch entries[token] {
        case .done(let signIn, _)?: return signIn
        case .running(let waiting)?:
            return try await withCheckedThrowingContinuation { continuation in
                entries[token] = .running(waiting + [continuation])
            }
        case nil:
            entries[token] = .running([])
            let result = await renew(token)
            let waiting =
                if case .running(let list)? = entries[token] { list } else {
                    [CheckedContinuation<SignIn, any Error>]()
                }
            entries[token] = try? .done(result.get(), at: clock.now())
            for continuation in waiting { continuation.resume(with: result) }
            return try result.get()
        }
    }

    private func deleteExpired() {
        let now = clock.now()
        entries = entries.filter {
            if case .done(_, let at) = $0.value { at.duration(to: now) < Self.retention } else { true }
        }
    }

    private func renew(_ token: String) async -> Result<SignIn, any Error> {
        do {
            guard let shared else { return .success(try await refresh(token)) }
            return .success(try await shared.renewed(token, by: refresh))
        } catch {
            return .failure(error)
        }
    }
}
