import Declarations

/// What the value of a key looks like: the source of the reference and of the JSON schema.
indirect enum ValueForm: Sendable {
  /// Any string; the words say what it is.
  case text(String)
  /// A name that becomes part of file names.
  case name
  /// 64 lower-case hexadecimal digits.
  case sha256
  case boolean
  case integer(ClosedRange<UInt64>)
  case number(ClosedRange<Double>)
  case tokenCount(ClosedRange<UInt64>)
  case byteSize(ClosedRange<UInt64>)
  case share
  /// zstd with a level.
  case compression
  case choice([Choice])
  /// One of the formats, the registered tokenizers or the filters of the vocabulary.
  case format
  case tokenizerName
  case filterName
  case list(ValueForm)
  /// A mapping whose keys are names that the file chooses or refers to.
  case mapping(ValueForm)
  case section(SectionDescription)
  case either(ValueForm, ValueForm)
  /// Not defined yet.
  case undefined
}
