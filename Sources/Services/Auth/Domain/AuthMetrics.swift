package import ServiceKit

/// The metrics of auth-service.
package enum AuthMetrics {
    static let service = "auth-service"

    static let signIns = Metric(
        .counter, "magpie.sign_ins", unit: "{attempt}", labels: ["outcome"],
        help: "Attempts to sign in with a password.")
    static let accountsCreated = Metric(
        .counter, "magpie.accounts.created", unit: "{account}", help: "Accounts created.")

    package static let all: [Metric] = [signIns, accountsCreated]
}
