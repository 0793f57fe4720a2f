/// What an operator can mend, in one sentence; a command that throws it prints it and exits with 1.
struct Fault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
