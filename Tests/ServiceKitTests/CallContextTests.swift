import AuthContract
import Commerce
import ServiceKit
import Testing

@Suite struct CallContextTests {
    private static let customer = CustomerID(at: .now)

    @Test func `staff may do what their permissions say, the system everything`() {
        let staff = Principal.staff(Self.customer, permissions: [.ordersRead])
        #expect(staff.may(.ordersRead) && !staff.may(.ordersWrite))
        #expect(Principal.system("test").may(.auditRead))
        #expect(throws: ServiceError.forbidden) { try staff.require(.ordersWrite) }
        #expect(throws: ServiceError.forbidden) { try Principal.customer(Self.customer).require(.ordersRead) }
        #expect(throws: ServiceError.unauthenticated) { try Principal.anonymous.require(.ordersRead) }
    }

    @Test func `a context is the current one while its body runs`() async {
        let context = CallContext(principal: .system("test"))
        await context.run { #expect(CallContext.current.principal == .system("test")) }
        #expect(CallContext.current.principal == .anonymous)
    }
}
