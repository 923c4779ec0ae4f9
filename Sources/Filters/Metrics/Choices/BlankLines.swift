import Declarations

/// What becomes of lines of white space alone.
enum BlankLines: String, ChoiceSet {
  case counted
  case leftOut = "left_out"

  var summary: String {
    switch self {
    case .counted: "they are lines like others, and line feeds are characters, as for Gopher"
    case .leftOut: "they are left out, and line feeds are no characters, as for FineWeb"
    }
  }
}
