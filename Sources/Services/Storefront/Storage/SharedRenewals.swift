import AuthContract
import Crypto
import Foundation
import Identity
import KeyValue
import ServiceKit

/// Renewals that all replicas of the storefront share: the first replica with a token renews it, the others get the
/// same result. It is stored for a minute, encrypted.
struct SharedRenewals: Sendable {
    private let store: any KeyValueStore
    private let key: SymmetricKey

    /// How long late requests may still carry the old token.
    private static let retention = Duration.seconds(60)
    /// After this long the replica that began is considered failed, and another may try.
    private static let deadline = Duration.seconds(10)
    /// Stored until there is a result.
    private static let pending: [UInt8] = []

    /// - Parameter secret: The same in every replica.
    init(store: any KeyValueStore, secret: [UInt8]) {
        self.store = store
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret), info: Data("storefront renewals".utf8), outputByteCount: 32)
    }

    /// Throws what `refresh` throws, and `ServiceError.unavailable` when another replica does not finish in time. Without
    /// the store each replica renews by itself.
    func renewed(
        _ token: String, by refresh: @Sendable (String) async throws -> SignIn
    ) async throws -> SignIn {
        let name = "renewal:" + Base64URL.encode(SHA256.hash(data: Data(token.utf8)))
        let deadline = ContinuousClock.now.advanced(by: Self.deadline)
        while ContinuousClock.now < deadline {
            if try await isFirst(under: name) { return try await renew(token, under: name, by: refresh) }
            if let signIn = try await result(under: name, to: token, until: deadline) { return signIn }
        }
        throw ServiceError.unavailable("The login")
    }

    /// Whether this replica renews: no other has begun, or the store is unavailable.
    private func isFirst(under name: String) async throws -> Bool {
        do {
            return try await store.set(name, to: Self.pending, expecting: nil, lifetime: Self.deadline)
        } catch let error as ServiceError where error.kind == .unavailable {
            return true
        }
    }

    /// nil when the replica that began has failed.
    private func result(
        under name: String, to token: String, until deadline: ContinuousClock.Instant
    ) async throws -> SignIn? {
        while let entry = try await store.value(name), ContinuousClock.now < deadline {
            if entry.bytes != Self.pending { return try? open(entry.bytes, token) }
            try await Task.sleep(for: .milliseconds(30))  // Another replica is renewing.
        }
        return nil
    }

    private func renew(
        _ token: String, under name: String, by refresh: @Sendable (String) async throws -> SignIn
    ) async throws -> SignIn {
        do {
            let signIn = try await refresh(token)
            if let sealed = try? seal(signIn, token), let entry = try? await store.value(name) {
                _ = try? await store.set(name, to: sealed, expecting: entry.version, lifetime: Self.retention)
            }
            return signIn
        } catch {
            try? await store.remove(name)
            throw error
        }
    }

    private func seal(_ signIn: SignIn, _ token: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(
            JSON.encode(signIn), using: key, authenticating: Data(token.utf8))
        return Array(box.combined ?? Data())
    }

    private func open(_ bytes: [UInt8], _ token: String) throws -> SignIn {
        let box = try AES.GCM.SealedBox(combined: bytes)
        return try JSON.decode(
            SignIn.self, from: AES.GCM.open(box, using: key, authenticating: Data(token.utf8)))
    }
}
