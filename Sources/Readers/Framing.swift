/// How the bytes of a file are cut into records.
public enum Framing: Sendable {
  /// A record is a line, ended by LF or CR LF; the last one may lack its end.
  ///
  /// A line of nothing but spaces, tabs and CR is no record, but its number is used up: the
  /// ordinal of a record is its line number less one.
  case lines
  /// A record is a whole file.
  case wholeFile
}
