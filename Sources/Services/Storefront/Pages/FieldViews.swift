import Commerce
import ServiceKit

/// The inputs of a form, each with what was entered and what is wrong with it.
struct FieldViews: Sendable {
    private let problems: [ServiceError.Field]

    /// - Parameter problems: As the services name them: `shipping_address.city` belongs to the input `city`.
    init(problems: [ServiceError.Field]) {
        self.problems = problems.map { problem in
            var problem = problem
            problem.field = problem.field.split(separator: ".").last.map { String($0) } ?? problem.field
            return problem
        }
    }

    func field(
        _ id: String, _ label: String, _ value: String?, type: String = "text", auto: String, half: Bool = false,
        optional: Bool = false, max: Int = 200, hint: String? = nil
    ) -> View {
        [
            "id": .text(id), "label": .text(label), "value": View(value), "type": .text(type), "auto": .text(auto),
            "half": .flag(half), "optional": .flag(optional), "max": "\(max)", "hint": View(hint),
            "error": View(message(id)),
        ]
    }

    func message(_ id: String) -> String? { problems.first { $0.field == id }.map(Self.words) }

    /// The message above a form: what is wrong with these inputs, in the page's order, or with the form as a whole.
    func summary(of fields: [View]) -> View {
        let shown = Set(fields.compactMap { $0.text("id") })
        let links = fields.compactMap { field -> View? in
            guard let id = field.text("id"), let label = field.text("label"), let error = field.text("error") else {
                return nil
            }
            return ["problem_id": .text(id), "problem_label": .text(label), "problem_text": .text(error)]
        }
        let general = problems.first { !shown.contains($0.field) }.map(Self.words)
        guard general != nil || !links.isEmpty else { return .nothing }
        return [
            "problems_text": .text(general ?? "Please check what you entered."),
            "has_problem_links": .flag(!links.isEmpty), "problem_links": .list(links),
        ]
    }

    private static func words(_ problem: ServiceError.Field) -> String {
        switch problem.code {
        case FieldCode.required.rawValue: "Please fill this in."
        case FieldCode.tooLong.rawValue: "This is too long."
        case FieldCode.unknownRegion.rawValue: "Please choose your state or region from the list."
        case FieldCode.invalidCountry.rawValue: "Please choose a country."
        case FieldCode.invalidEmail.rawValue: "This does not look like an email address."
        default: sentence(problem.detail)
        }
    }

    static func sentence(_ text: String) -> String {
        guard let first = text.first else { return "Please check this." }
        let start = text.hasPrefix("must") ? "This " + text : first.uppercased() + text.dropFirst()
        return start.hasSuffix(".") ? start : start + "."
    }
}
