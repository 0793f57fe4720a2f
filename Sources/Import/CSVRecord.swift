/// One record of a CSV file.
struct CSVRecord: Hashable {
    var place: CSVPlace
    var fields: [String]
}
