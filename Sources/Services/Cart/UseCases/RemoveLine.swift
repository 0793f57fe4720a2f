import CartContract
import Commerce
import ServiceKit

struct RemoveLine: Sendable {
    let context: CartContext

    func run(_ line: LineID, from id: CartID) async throws -> Cart {
        let outcome = try await ChangeCart(context: context).run(id, counting: .lineRemoved) { document in
            document.lines.remove(at: try document.index(of: line))
        }
        return outcome.value
    }
}
