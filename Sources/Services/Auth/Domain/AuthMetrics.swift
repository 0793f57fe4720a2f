package import ServiceKit

/// The metrics of auth-service.
package enum AuthMetrics {
    static let service = "auth-service"

    static let signIns = Metric(
        .counter, "magpie.sign_ins", unit: "{attempt}", labels: ["outcome"],
        help: "Attempts to sign in with a password.")
    static let accountsCreated = Metric(
        .counter, "magpie.accounts.created", unit: "{account}", help: "Accounts created.")

    static let hashesWaiting = Metric(
        .gauge, "magpie.costly_work.waiting", help: "Passwords that wait for their turn to be hashed.")
    static let mostHashesWaiting = Metric(
        .gauge, "magpie.costly_work.limit",
        help: "The most passwords that may wait to be hashed; beyond it requests are refused.")

    package static let all: [Metric] = [signIns, accountsCreated, hashesWaiting, mostHashesWaiting]
}
