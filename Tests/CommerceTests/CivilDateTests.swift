import Commerce
import Testing

@Suite struct CivilDateTests {
    @Test(
        arguments: [
            ("1970-01-01", 0, 4), ("1969-12-31", -1, 3), ("2000-02-29", 11_016, 2), ("2026-11-30", 20_787, 1),
            ("0001-01-01", -719_162, 1), ("9999-12-31", 2_932_896, 5),
        ] as [(String, Int64, Int)])
    func `days are counted from 1970`(text: String, number: Int64, weekday: Int) throws {
        let date = try #require(CivilDate(text))
        #expect(date.dayNumber == number && date.text == text && date.weekday == weekday)
        let midnight = number * 86_400_000
        #expect(CivilDate(Instant(milliseconds: midnight)) == date)
        #expect(CivilDate(Instant(milliseconds: midnight - 1)) == date.advanced(by: -1))
    }

    @Test(arguments: [
        "", "2026-1-1", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026/01/01",
    ])
    func `what is not in the calendar is none`(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func `dates are ordered and have a distance`() throws {
        let (first, last) = try (#require(CivilDate("2024-02-28")), #require(CivilDate("2024-03-01")))
        #expect(first < last && first.days(to: last) == 2)
        #expect(last.parts == (2024, 3, 1))
    }
}
