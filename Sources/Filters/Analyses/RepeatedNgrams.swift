import Bytes
import CTextKernels

/// The characters of the sequences of five to ten words that occurred before, as datatrove's
/// `find_all_duplicate` counts them: from the start, and past each sequence that is there again.
///
/// datatrove joins the words of a sequence without spaces, so sequences are stretches of the text
/// without its white space, and are compared as such. Most places cannot be in any: a sequence of at
/// least 16 bytes that occurs twice begins with 16 bytes that some other word begins with, too. Only
/// the places where this is so, and those where a sequence may be shorter, are looked at.
@safe
final class RepeatedNgrams: Analysis {
  /// The lengths in words that are looked for.
  static let lengths = 5...10

  private var count = 0
  private var candidateCount = 0
  private var joined = Scratch(UInt8(0))
  private var offsets = Scratch(UInt32(0))
  private var characters = Scratch(UInt32(0))
  private var candidates = Scratch(UInt32(0))
  private var flags = Scratch(UInt8(0))
  private var slots = Scratch(UInt32.max)

  func run(_ words: WordTable, _ text: Span<UInt8>) {
    count = words.count
    candidateCount = 0
    guard count >= Self.lengths.lowerBound else { return }
    joined.reserve(text.count + 32)
    offsets.reserve(count + 1)
    characters.reserve(count + 1)
    candidates.reserve(count + 1)
    flags.reserve(count)
    let mask = (count * 2 + 2).nextPowerOfTwo - 1
    slots.reserve(mask + 1)
    let places = words.places.elements
    let known = words.words.elements
    unsafe text.withUnsafeBufferPointer { text in
      unsafe joined.withMemory { joined in
        unsafe offsets.withMemory { offsets in
          unsafe characters.withMemory { characters in
            unsafe _ = cuvee_join_words(
              text.baseAddress, text.count, places, count, known, joined, offsets, characters)
          }
        }
      }
    }
    candidateCount = unsafe slots.withMemory { slots in
      unsafe flags.withMemory { flags in
        unsafe candidates.withMemory { candidates in
          unsafe cuvee_find_candidates(
            joined.elements, offsets.elements, count, Self.lengths.lowerBound, slots, mask, flags,
            candidates)
        }
      }
    }
  }

  /// The characters of repeated sequences of some words.
  func characters(_ length: Int) -> Int {
    guard candidateCount > 0 else { return 0 }
    let mask = (candidateCount * 2 + 2).nextPowerOfTwo - 1
    return unsafe slots.withMemory { slots in
      unsafe cuvee_repeated_characters(
        joined.elements, offsets.elements, characters.elements, count, length,
        candidates.elements, candidateCount, slots, mask)
    }
  }
}
