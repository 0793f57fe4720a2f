import Foundation
import Testing

@testable import magpie

/// Commands of an operator while a shop runs are in its audit log.
@Suite(.serialized, .shape(.both)) struct OperatorTests {
    @Test func privilegedCommandsAreAuditedWhileTheShopRuns() async throws {
        try await withShop { shop in
            let account = #"{"email":"ada@example.com","password":"correct horse battery","name":"Ada"}"#
            let ada = try await shop.api("POST", "/auth/register", account)
            let refused = try shop.command("admin", "create", "ada@example.com")
            #expect(refused.status == 1 && refused.output.contains("--promote"), "\(refused.output)")

            let promoted = try shop.command("admin", "create", "ada@example.com", "--promote")
            #expect(promoted.status == 0 && !promoted.output.contains("Password"), "\(promoted.output)")
            let login = try await shop.api("POST", "/auth/login", account.replacing(#","name":"Ada""#, with: ""))
            #expect(login.json["customer"]["role"].string == "administrator", "\(login.text)")
            let refresh = #"{"refresh_token":"\#(login.json["refresh_token"].string ?? "")"}"#
            #expect(try shop.command("export", "customers").status == 0)
            #expect(try shop.command("admin", "rotate-keys").status == 0)
            let revoked = try shop.command("admin", "revoke", "ada@example.com")
            #expect(revoked.status == 0 && revoked.output.contains("15 minutes"), "\(revoked.output)")
            #expect(try await shop.api("POST", "/auth/refresh", refresh).status == 401)

            let admin = try await shop.administrator()
            #expect(try await shop.api("GET", "/admin/customers", token: admin).status == 200)
            let expected: Set = [
                "staff.administrator.promote", "staff.customers.export", "staff.signing_keys.rotate",
                "staff.administrator.revoke", "staff.administrator.create",
            ]
            func records(_ filter: String) async throws -> [JSON] {
                try await shop.api("GET", "/admin/audit?limit=100&\(filter)", token: admin).json["items"].array
            }
            let id = try #require(ada.json["customer"]["id"].string)
            try await shop.eventually("the audit log has every act") {
                let acts = try await records("actor=\(Operator.actor)")
                #expect(acts.allSatisfy { $0["details"].string?.contains("@") != true })
                guard expected.isSubset(of: acts.compactMap { $0["action"].string }) else { return false }
                #expect(
                    acts.contains { $0["action"].string == "staff.administrator.promote" && $0["subject"].string == id }
                )
                return try await !records("action=staff.customers.read").isEmpty
            }
            #expect(try shop.command("audit", "verify").status == 0)
            #expect(shop.stop() == 0)
        }
    }
}
