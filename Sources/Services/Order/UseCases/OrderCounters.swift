import Commerce
import CoreMetrics
import OfferContract
import OrderContract
import ServiceKit
import Synchronization

/// What order-service counts. Counters of what is bounded exist from the start, so that the first of each is seen as an
/// increase.
final class OrderCounters: Sendable {
    private struct Operation: Hashable {
        var provider: String
        var operation: PaymentOperation
        var result: PaymentOperation.Result
    }

    private struct Step: Hashable {
        var step: SagaStep
        var outcome: SagaStep.Outcome
    }

    private typealias Sales = (placed: any CounterHandler, revenue: any CounterHandler)

    private let metrics: any MetricsFactory
    private let refusals: [PaymentRefusal: any CounterHandler]
    private let operations: [Operation: any CounterHandler]
    private let steps: [Step: any CounterHandler]
    /// By currency, made with its first order.
    private let sales = Mutex<[Currency: Sales]>([:])

    init(providers: [String], _ metrics: any MetricsFactory) {
        self.metrics = metrics
        let service = OrderMetrics.service
        refusals = PaymentRefusal.allCases.reduce(into: [:]) { counters, refusal in
            counters[refusal] = OrderMetrics.paymentsRefused.counter(
                service: service, [refusal.rawValue], in: metrics)
        }
        var operations: [Operation: any CounterHandler] = [:]
        for provider in providers {
            for operation in PaymentOperation.allCases {
                for result in PaymentOperation.Result.allCases where result != .declined || operation == .authorise {
                    operations[Operation(provider: provider, operation: operation, result: result)] =
                        OrderMetrics.payments.counter(
                            service: service, [provider, operation.rawValue, result.rawValue], in: metrics)
                }
            }
        }
        self.operations = operations
        let undoable: Set<SagaStep> = [.lockCart, .reserveStock, .authorisePayment]
        var steps: [Step: any CounterHandler] = [:]
        for step in SagaStep.allCases {
            for outcome in SagaStep.Outcome.allCases where outcome != .undone || undoable.contains(step) {
                steps[Step(step: step, outcome: outcome)] = OrderMetrics.sagaSteps.counter(
                    service: service, [step.rawValue, outcome.rawValue], in: metrics)
            }
        }
        self.steps = steps
    }

    func count(_ refusal: PaymentRefusal) { refusals[refusal]?.increment(by: 1) }

    func count(_ operation: PaymentOperation, _ result: PaymentOperation.Result, at provider: String) {
        operations[Operation(provider: provider, operation: operation, result: result)]?.increment(by: 1)
    }

    func count(_ step: SagaStep, _ outcome: SagaStep.Outcome) {
        steps[Step(step: step, outcome: outcome)]?.increment(by: 1)
    }

    func countPlaced(_ order: Order) {
        let total = order.totals.total
        let counters = sales.withLock { sales in
            if let known = sales[total.currency] { return known }
            let code = total.currency.code
            let new: Sales = (
                OrderMetrics.placed.counter(service: OrderMetrics.service, [code], in: metrics),
                OrderMetrics.revenue.counter(service: OrderMetrics.service, [code], in: metrics)
            )
            sales[total.currency] = new
            return new
        }
        counters.placed.increment(by: 1)
        counters.revenue.increment(by: total.amount)
    }
}
