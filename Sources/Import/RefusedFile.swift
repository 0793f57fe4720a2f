/// Why a file is not read at all.
struct RefusedFile: Error, Hashable {
    var reason: String
}
