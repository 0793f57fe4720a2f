import AuthContract
import Commerce
import Identity
import ServiceKit

/// Finds out who a visitor is from the tokens in the session, and renews them when they have run out.
struct Identification: Sendable {
    private let verifier: TokenVerifier
    private let renewal: TokenRenewal

    init(verifier: TokenVerifier, renewal: TokenRenewal) {
        self.verifier = verifier
        self.renewal = renewal
    }

    /// Throws only when the question cannot be answered now; a login that ended makes the visitor anonymous.
    func principal(_ session: inout Session) async throws -> Principal {
        guard let refreshToken = session.refreshToken else { return .anonymous }
        // Half a minute early: the token must outlive the calls that are made with it.
        let stillGood = (session.accessUntil ?? 0) > Instant.now.milliseconds + 30_000
        if stillGood, let token = session.accessToken, let principal = try? await verifier.verify(token) {
            return principal
        }
        do {
            session.keep(try await renewal.renewed(refreshToken))
        } catch let error as ServiceError where error.kind == .unauthenticated {
            session.forgetLogin()
            return .anonymous
        }
        do {
            return try await verifier.verify(session.accessToken ?? "")
        } catch {
            // A key that was made or withdrawn a moment ago is not known everywhere yet: that is no reason to end a login.
            throw error.kind == .unauthenticated ? ServiceError.unavailable("The account service") : error
        }
    }
}

extension Session {
    mutating func keep(_ signIn: SignIn) {
        accessToken = signIn.accessToken
        refreshToken = signIn.refreshToken
        accessUntil = Instant.now.milliseconds + Int64(signIn.expiresIn) * 1_000
    }
}

/// Renews each refresh token once, however many requests of a browser bring it at the same time: showing one a second
/// time would end the login.
actor TokenRenewal {
    private enum Entry {
        case running([CheckedContinuation<SignIn, any Error>])
        case done(SignIn, at: Instant)
    }
    /// Late requests still carry the old token for a moment.
    private static let memory = Duration.seconds(60)

    private let refresh: @Sendable (String) async throws -> SignIn
    private let shared: SharedRenewals?
    private let clock: WallClock
    private var entries: [String: Entry] = [:]

    /// - Parameter shared: Where several replicas are asked.
    init(
        clock: WallClock = .system, shared: SharedRenewals? = nil,
        refresh: @escaping @Sendable (String) async throws -> SignIn
    ) {
        self.shared = shared
        self.refresh = refresh
        self.clock = clock
    }

    func renewed(_ token: String) async throws -> SignIn {
        forgetOld()
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

    private func forgetOld() {
        let now = clock.now()
        entries = entries.filter {
            if case .done(_, let at) = $0.value { at.duration(to: now) < Self.memory } else { true }
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
