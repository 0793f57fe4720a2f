/// Whether the chain of records holds.
package struct AuditVerification: Hashable, Sendable, Codable {
    package var records: Int64
    package var intact: Bool
    /// The first record at fault and what is wrong with it.
    package var fault: String?

    package init(records: Int64, intact: Bool, fault: String?) {
        self.records = records
        self.intact = intact
        self.fault = fault
    }
}
