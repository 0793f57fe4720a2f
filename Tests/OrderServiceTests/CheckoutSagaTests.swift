import ServiceKit
import Testing

@testable import OrderService

@Suite struct CheckoutSagaTests {
    /// Runs the state machine. Every action succeeds except those in `faults`.
    private func path(
        free: Bool = false, from first: CheckoutSaga.Action = .lockCart,
        except faults: [CheckoutSaga.Action: CheckoutSaga.Outcome] = [:]
    ) -> [CheckoutSaga.Action] {
        var actions = [first]
        while let last = actions.last, last != .end, actions.count < 40 {
            actions.append(CheckoutSaga.next(after: last, faults[last] ?? .succeeded, free: free))
        }
        return actions
    }

    @Test func aPaidCheckoutRunsAllActionsInOrder() {
        #expect(
            path() == [
                .lockCart, .priceOrder, .recordPriced, .reserveStock, .recordAuthorising, .authorisePayment,
                .confirmOrder, .commitStock, .completeCart, .capturePayment, .finish, .end,
            ])
    }

    @Test func aFreeCheckoutNeverCallsTheProvider() {
        #expect(
            path(free: true) == [
                .lockCart, .priceOrder, .recordPriced, .reserveStock, .confirmOrder, .commitStock, .completeCart,
                .finish, .end,
            ])
    }

    @Test(
        arguments: [
            (.lockCart, [.unlockCart, .fail, .end]),
            (.priceOrder, [.unlockCart, .fail, .end]),
            (.recordPriced, [.unlockCart, .fail, .end]),
            (.reserveStock, [.releaseStock, .unlockCart, .fail, .end]),
            (.recordAuthorising, [.releaseStock, .unlockCart, .fail, .end]),
            (.authorisePayment, [.releaseStock, .unlockCart, .fail, .end]),
            (.confirmOrder, [.voidPayment, .releaseStock, .unlockCart, .fail, .end]),
            (.voidPayment, [.postpone, .end]),
            (.commitStock, [.postpone, .end]),
            (.completeCart, [.capturePayment, .finish, .end]),
            (.capturePayment, [.finish, .end]),
        ] as [(CheckoutSaga.Action, [CheckoutSaga.Action])])
    func aFailureIsCompensatedInReverseOrder(action: CheckoutSaga.Action, rest: [CheckoutSaga.Action]) {
        #expect(path(from: action, except: [action: .failed]) == [action] + rest)
    }

    @Test func anUnknownOutcomeIsQueriedOrVoided() {
        let asked = path(except: [.authorisePayment: .unknown])
        #expect(asked.contains(.askPayment) && asked.contains(.capturePayment))
        let unavailable = path(except: [.authorisePayment: .unknown, .askPayment: .unknown])
        #expect(unavailable.suffix(5) == [.voidPayment, .releaseStock, .unlockCart, .fail, .end])
        #expect(path(except: [.confirmOrder: .unknown]).suffix(3) == [.confirmOrder, .postpone, .end])
    }

    @Test(arguments: CheckoutSaga.Step.allCases, [true, false])
    func aCrashIsUndoneBeforeTheConfirmationAndFinishedAfterIt(step: CheckoutSaga.Step, free: Bool) {
        let actions = path(free: free, from: CheckoutSaga.resume(from: step, free: free))
        #expect(actions.last == .end)
        let ending: CheckoutSaga.Action? = step == .done || step == .failed ? nil : step.isConfirmed ? .finish : .fail
        #expect(actions.dropLast().last == ending)
        #expect(!actions.contains(.confirmOrder) && !actions.contains(.authorisePayment))
    }

    @Test(arguments: CheckoutSaga.Action.allCases, CheckoutSaga.Outcome.allCases)
    func everyPathEnds(action: CheckoutSaga.Action, outcome: CheckoutSaga.Outcome) {
        #expect(path(from: action, except: [action: outcome]).last == .end)
    }
}
