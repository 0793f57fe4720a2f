import Calls
import Commerce

extension CartDocument {
    /// How many answered requests a cart remembers.
    static let rememberedAnswers = 50

    /// Throws `idempotency_key_reused` when the key came with another request.
    func hasAnswered(_ key: IdempotencyKey?) throws(ServiceError) -> Bool {
        guard let key, let answer = answered.last(where: { $0.caller == key.caller && $0.key == key.key })
        else { return false }
        guard answer.requestHash == key.requestHash else { throw .idempotencyKeyReused }
        return true
    }

    mutating func remember(_ key: IdempotencyKey?, line: LineID?) {
        guard let key else { return }
        answered.append(Answered(caller: key.caller, key: key.key, requestHash: key.requestHash, line: line))
        if answered.count > Self.rememberedAnswers { answered.removeFirst(answered.count - Self.rememberedAnswers) }
    }
}
