/// What saving a draft did to the catalogue.
package enum SaveResult: String, Sendable { case created, updated, unchanged }
