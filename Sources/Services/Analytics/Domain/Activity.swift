/// What an event adds to the read models.
enum Activity: Hashable, Sendable {
    case visit(Visit)
    case sale(Sale)
    case repayment(Repayment)
}
