/// The limit of an alert of `infra/observability/rules/magpie.yml`, from which on the operations page marks a value.
///
/// An alert waits before it fires, and some look at more minutes than the page does: a mark may be there before the
/// alert.
struct AlertLimit: Sendable {
    enum Severity: String, Sendable {
        /// Somebody is woken.
        case page
        /// The next working day will do.
        case ticket
    }

    enum Comparison: String, Sendable {
        case above = ">"
        case below = "<"
        case other = "!="
        case equal = "=="
    }

    let alert: String
    let severity: Severity
    let comparison: Comparison
    let value: Double

    private init(_ alert: String, _ severity: Severity, _ comparison: Comparison, _ value: Double) {
        self.alert = alert
        self.severity = severity
        self.comparison = comparison
        self.value = value
    }

    /// What to say of a value that is past the limit; nil of any other, and of what is no number.
    func finding(_ measured: Double, _ text: @autoclosure () -> String) -> Finding? {
        let isPast =
            switch comparison {
            case .above: measured > value
            case .below: measured < value
            case .other: !measured.isNaN && measured != value
            case .equal: measured == value
            }
        return isPast ? Finding(alert: alert, severity: severity, text: text()) : nil
    }

    static let notReady = AlertLimit("ServiceNotReady", .page, .equal, 0)
    static let connectionsNearLimit = AlertLimit("ConnectionsNearLimit", .ticket, .above, 0.8)
    static let connectionsExhausted = AlertLimit("ConnectionsExhausted", .page, .above, 0.98)
    static let poolWaits = AlertLimit("DatabasePoolWaits", .ticket, .above, 0.25)
    static let poolTimeouts = AlertLimit("DatabasePoolTimeouts", .page, .above, 5)
    static let loopLag = AlertLimit("EventLoopLags", .ticket, .above, 0.1)
    /// The share of the queue's places that are taken.
    static let costlyWork = AlertLimit("CostlyWorkWaits", .ticket, .above, 0.8)
    static let breakerOpen = AlertLimit("CircuitBreakerOpen", .ticket, .equal, 1)
    static let descriptors = AlertLimit("DescriptorsNearLimit", .ticket, .above, 0.8)
    static let memory = AlertLimit("MemoryNearLimit", .ticket, .above, 0.9)
    /// The share of the disk that is free.
    static let disk = AlertLimit("DiskAlmostFull", .page, .below, 0.05)
    static let outboxAge = AlertLimit("OutboxStands", .page, .above, 300)
    static let lag = AlertLimit("ConsumerLags", .ticket, .above, 1_000)
    static let deadLetters = AlertLimit("DeadLetters", .ticket, .above, 0)
    static let sagaAge = AlertLimit("SagaStands", .page, .above, 300)
    /// The share of a provider's operations that failed, of which there must be at least three.
    static let payments = AlertLimit("PaymentsFail", .page, .above, 0.2)
    static let violations = AlertLimit("CorrectnessViolated", .page, .other, 0)
    static let lastCheck = AlertLimit("CorrectnessNotChecked", .page, .above, 300)
    static let mailsAbandoned = AlertLimit("MailsAbandoned", .ticket, .above, 2.5)
    static let seriesDropped = AlertLimit("MetricsDropped", .ticket, .above, 0)
    static let spansDropped = AlertLimit("SpansDropped", .ticket, .above, 0)

    /// The share of requests answered with 5xx: the fastest burn rate for the objective that every journey has in
    /// `infra/observability/slos.yaml`. An alert looks at one journey, and there must be as many requests and failures.
    static let burn = AlertLimit("…AvailabilityBurn", .page, .above, 14.4 * (1 - 0.999))
    static let burnMinimum = (requests: 20.0, failures: 3.0)

    /// Those of `magpie.yml`.
    static let all = [
        notReady, connectionsNearLimit, connectionsExhausted, poolWaits, poolTimeouts, loopLag, costlyWork, breakerOpen,
        descriptors,
        memory, disk, outboxAge, lag, deadLetters, sagaAge, payments, violations, lastCheck, mailsAbandoned,
        seriesDropped, spansDropped,
    ]
}
