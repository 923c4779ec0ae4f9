import Bytes
import CTextKernels

/// The words of a document between white space, as Python's `str.split` has them.
///
/// Equal words have the same number, so what is asked of a word is asked once, however often it
/// occurs.
@safe
final class WordTable: Analysis {
  /// A word, however often it occurs.
  struct Word {
    /// Its characters.
    var characters: Int
    /// How often it occurs.
    var occurrences: Int
    /// Whether it has a letter (`str.isalpha`).
    var hasLetter: Bool
    /// Whether it has a character that is not punctuation.
    var hasOther: Bool
  }

  /// How many words there are.
  private(set) var count = 0
  /// How many different ones.
  private(set) var distinctCount = 0
  /// The words at their places.
  private(set) var places = Scratch(cuvee_place())
  /// The different words in the order in which they occur first.
  private(set) var words = Scratch(cuvee_word())

  private var slots = Scratch(UInt32.max)
  private var mask = 0

  func run(_ text: Span<UInt8>) {
    unsafe text.withUnsafeBufferPointer { unsafe cut($0) }
  }

  private func cut(_ text: UnsafeBufferPointer<UInt8>) {
    count = 0
    distinctCount = 0
    guard let bytes = text.baseAddress else { return }
    // What a huge document took is given back.
    places.reserve(1024)
    var index = 0
    while index < text.count {
      places.extend(to: count + max(1024, (text.count - index) / 5))
      let room = places.elements.count - count
      unsafe count += places.withMemory { places in
        unsafe cuvee_cut_words(bytes, text.count, &index, places?.advanced(by: count), room)
      }
    }
    mask = (count * 2 + 2).nextPowerOfTwo - 1
    slots.reserve(mask + 1)
    words.reserve(count + 1)
    distinctCount = unsafe places.withMemory { places in
      unsafe words.withMemory { words in
        unsafe slots.withMemory { slots in
          unsafe cuvee_number_words(bytes, places, count, words, slots, &mask)
        }
      }
    }
    for number in 0..<distinctCount
    where words.elements[number].flags & UInt32(cuvee_word_is_wide) != 0 {
      unsafe look(at: number, text.span)
    }
  }

  /// Looks at the characters outside ASCII of a word.
  private func look(at number: Int, _ text: Span<UInt8>) {
    let word = words.elements[number]
    var flags = Int(word.flags)
    let letter = cuvee_word_has_letter
    let other = cuvee_word_has_other
    var index = Int(word.start)
    let end = index + Int(word.count)
    while index < end && flags & (letter | other) != letter | other {
      if text[index] >= 0x80 {
        let scalar = UTF8Text.scalar(in: text, at: index)
        if flags & letter == 0, PythonCharacters.standard.isAlphabetic(scalar) { flags |= letter }
        if flags & other == 0, !Punctuation.standard.contains(scalar) { flags |= other }
      }
      index += UTF8Text.length(text[index])
    }
    unsafe words.withMemory { unsafe $0?[number].flags = UInt32(flags) }
  }

  /// Calls a function with each different word.
  @inline(__always)
  func forEachWord(_ body: (Word) -> Void) {
    let elements = words.elements
    for number in 0..<distinctCount {
      let word = elements[number]
      body(
        Word(
          characters: Int(word.characters), occurrences: Int(word.occurrences),
          hasLetter: word.flags & UInt32(cuvee_word_has_letter) != 0,
          hasOther: word.flags & UInt32(cuvee_word_has_other) != 0))
    }
  }

  /// How often a word occurs.
  ///
  /// - Parameters:
  ///   - word: The word.
  ///   - text: The text that `run` was given.
  /// - Returns: The number of its places.
  func occurrences(of word: [UInt8], in text: Span<UInt8>) -> Int {
    guard count > 0, !word.isEmpty else { return 0 }
    let words = words.elements
    let number = unsafe text.withUnsafeBufferPointer { text in
      unsafe cuvee_find_word(
        text.baseAddress, words, slots.elements, mask, word, word.count)
    }
    return number < 0 ? 0 : Int(words[number].occurrences)
  }
}
