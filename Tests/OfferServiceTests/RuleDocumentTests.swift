import Commerce
import DemoCatalogue
import Foundation
import OfferContract
import OfferService
import ServiceKit
import TestSupport
import Testing

@Suite final class RuleDocumentTests {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "magpie-offers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    @Test func theBuiltInRulesChargeForShippingOnly() async throws {
        let service = try OfferService(rulesFile: folder.appending(path: "none.json"), logger: quiet)
        let cart = try await service.price(
            request(
                [line(20_000, tags: ["winter"])], coupons: ["WELCOME10"], to: "US", region: "CA", shipping: "express"))
        #expect(cart.rejectedCoupons.map(\.code) == ["WELCOME10"])
        #expect(cart.lines.allSatisfy { $0.adjustments.isEmpty })
        #expect(cart.amounts == [20_000, 0, 1_490, 0, 21_490])
    }

    @Test func theDemoRulesPriceADemoCart() async throws {
        let service = try await offers(try DemoCatalogue.offers())
        let cart = try await service.price(
            request(
                [line(12_800, tags: ["winter"]), line(2_200, 3, category: "desk")],
                coupons: ["WELCOME10", "FREESHIP", "BUNDLE"], to: "US", region: "CA", shipping: "standard"))
        #expect(cart.rejectedCoupons.isEmpty)
        #expect(cart.coupons.map(\.usageLimitPerCustomer) == [1, nil, nil])
        // 128.00 − 15 % = 108.80; 66.00 − 22.00 = 44.00; 152.80 − 15.00 = 137.80; − 10 % = 124.02; + 7.25 %.
        #expect(cart.amounts == [19_400, 6_998, 0, 899, 13_301])
    }

    @Test func newRulesApplyAtOnceAndSurviveARestart() async throws {
        let file = folder.appending(path: "rules.json")
        let rules = document(#"{"id": "p", "label": "P", "kind": "percentage", "percent": 50}"#)
        let service = try OfferService(rulesFile: file, logger: quiet)
        try await staff { try await service.replaceRules(rules) }
        #expect(try await service.price(request([line(1_000)])).totals.total.amount == 500)
        let restarted = try OfferService(rulesFile: file, logger: quiet)
        #expect(try await restarted.price(request([line(1_000)])).totals.total.amount == 500)
        #expect(try await staff { try await restarted.rules() } == rules)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["rules.json"])
    }

    /// Replicas share the file: each applies what another replica or an editor has written.
    @Test func rulesWrittenToTheFileAreReloaded() async throws {
        let file = folder.appending(path: "rules.json")
        let (one, other) = (
            try OfferService(rulesFile: file, logger: quiet), try OfferService(rulesFile: file, logger: quiet)
        )
        func total() async throws -> Int64 { try await other.price(request([line(1_000)])).totals.total.amount }
        try await other.reloadRules()
        let builtIn = try await total()
        let half = document(#"{"id": "p", "label": "P", "kind": "percentage", "percent": 50}"#)
        try await staff { try await one.replaceRules(half) }
        #expect(try await total() == builtIn)
        try await other.reloadRules()
        #expect(try await total() == 500)
        try Data("{".utf8).write(to: file)
        await #expect(throws: ServiceError.self) { try await other.reloadRules() }
        #expect(try await total() == 500)
    }

    @Test func everyFaultIsNamedAndNothingChanges() async throws {
        let service = try OfferService(rulesFile: nil, logger: quiet)
        let before = try await staff { try await service.rules() }
        let faulty = #"""
            {"version": 1, "home_country": "XX", "surprise": 1, "promotions": [
              {"id": "a", "label": "A", "kind": "percentage", "percent": 10, "coupon": {"code": "ONE"}},
              {"id": "a", "label": "", "kind": "fixed", "amounts": {"USD": -1, "ZZZ": 5}, "coupon": {"code": "ONE"}},
              {"id": "c", "label": "C", "kind": "percentage", "percent": 101, "buy": 2},
              {"id": "d", "label": "D", "kind": "magic"},
              {"id": "e", "label": "E", "kind": "percentage", "percent": "10",
               "starts_at": "2027-01-02T00:00:00Z", "ends_at": "2027-01-01T00:00:00Z"}],
             "shipping": [{"countries": ["US", "US"], "options": [{"id": "s", "name": "S", "estimate": "1", "prices": {}}]}],
             "taxes": [{"country": "US", "basis_points": 1.5}, 7]}
            """#
        let error = await #expect(throws: ServiceError.self) {
            try await staff { try await service.replaceRules(faulty) }
        }
        #expect(error?.kind == .invalid)
        let named = Set(error?.fields.map(\.field) ?? [])
        let expected: Set = [
            "home_country", "surprise", "promotions[1].id", "promotions[1].label", "promotions[1].amounts.USD",
            "promotions[1].amounts.ZZZ", "promotions[2].percent", "promotions[2].buy", "promotions[3].kind",
            "promotions[4].percent", "promotions[4].ends_at", "shipping[0].countries[1]",
            "shipping[0].options[0].prices", "taxes[0].basis_points", "taxes[1]",
        ]
        #expect(expected.subtracting(named).isEmpty)
        #expect(try await staff { try await service.rules() } == before)
    }

    @Test func textThatIsNotJSONIsUnreadable() async throws {
        let error = await #expect(throws: ServiceError.self) { _ = try await offers("{") }
        #expect(error?.kind == .unreadable)
    }

    @Test func onlyStaffMayReadOrReplaceTheRules() async throws {
        let service = try OfferService(rulesFile: nil, logger: quiet)
        await #expect(throws: ServiceError.unauthenticated) { try await service.rules() }
        let customer = CallContext(principal: .customer(CustomerID()))
        await #expect(throws: ServiceError.forbidden) {
            try await customer.run { try await service.replaceRules(document("")) }
        }
    }

    @Test func aBrokenFileStopsTheStart() throws {
        let file = folder.appending(path: "broken.json")
        try Data(#"{"version": 2}"#.utf8).write(to: file)
        #expect(throws: ServiceError.self) { try OfferService(rulesFile: file, logger: quiet) }
    }
}
