import Bytes
import CTextKernels

/// The most frequent sequence of two, three and four words of a document, as datatrove's
/// `find_top_duplicate` has it: of several, the one that occurs first.
///
/// A sequence that occurs again begins and ends with one that does, so places at which the shorter
/// sequences occur once are not counted at all.
@safe
final class TopNgrams: Analysis {
  /// The lengths in words that are looked for.
  static let lengths = 2...4

  /// Characters of the most frequent sequence with the spaces between its words, times how often it
  /// occurs; 0 where the text has fewer words.
  private var characters = [0, 0, 0]
  private var numbers = Scratch(Int32(-1))
  private var slots = Scratch(cuvee_sequence())

  /// The figure of sequences of some words.
  func characters(_ length: Int) -> Int { characters[length - Self.lengths.lowerBound] }

  func run(_ words: WordTable) {
    let places = words.places.elements
    let known = words.words.elements
    numbers.reserve(words.count + 1)
    // A word that occurs once is in no sequence that occurs twice.
    var candidates = 0
    unsafe numbers.withMemory { numbers in
      for index in 0..<words.count {
        let word = places[index].word
        let isRepeated = known[Int(word)].occurrences > 1
        unsafe numbers?[index] = isRepeated ? Int32(bitPattern: word) : -1
        if isRepeated { candidates += 1 }
      }
    }
    let mask = (candidates * 2 + 2).nextPowerOfTwo - 1
    slots.reserve(mask + 1)
    for length in Self.lengths {
      var found = 0
      if words.count >= length {
        let (most, first) = count(last: words.count - length, mask)
        found = length - 1
        for index in first..<first + length {
          found += Int(known[Int(places[index].word)].characters)
        }
        found *= most
      }
      characters[length - Self.lengths.lowerBound] = found
    }
  }

  private func count(last: Int, _ mask: Int) -> (most: Int, first: Int) {
    var first = 0
    let most = unsafe numbers.withMemory { numbers in
      unsafe slots.withMemory { slots in
        unsafe cuvee_count_sequences(numbers, last, slots, mask, &first)
      }
    }
    return (Int(most), first)
  }
}
