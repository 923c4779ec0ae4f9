import CByteKernels

/// The kernels that find tokens by their bytes, over the arrays of `TokenBytes`.
struct TokenTable {
  /// The ids by the hashes of their tokens; a power of two, some free.
  let slots: [UInt64]
  /// Where each id's token is in the arena; every id in `slots` has one.
  let places: [cuvee_token_place]
  let arena: [UInt8]

  /// Marks a slot without an id.
  static let free = UInt64.max

  /// The hash of some bytes.
  @inline(__always)
  static func hash(_ token: Span<UInt8>) -> UInt64 {
    unsafe token.withUnsafeBufferPointer { bytes in
      // The kernel reads the bytes of the buffer.
      unsafe bytes.baseAddress.map { unsafe cuvee_token_hash($0, bytes.count) } ?? 0
    }
  }

  /// Puts the tokens of some ids in slots that are all free, more than there are tokens.
  ///
  /// - Returns: The index of the first id whose bytes another has, and that; nil where there is none.
  static func index(
    _ ids: Span<UInt32>, places: [cuvee_token_place], arena: [UInt8], into slots: inout [UInt64]
  ) -> (index: Int, other: UInt32)? {
    var other: UInt32 = 0
    let mask = UInt64(slots.count - 1)
    let found = unsafe slots.withUnsafeMutableBufferPointer { slots in
      unsafe places.withUnsafeBufferPointer { places in
        unsafe arena.withUnsafeBufferPointer { arena in
          unsafe ids.withUnsafeBufferPointer { ids in
            var kernel = unsafe cuvee_tokens(
              slots: UnsafePointer(slots.baseAddress), slot_mask: mask,
              places: places.baseAddress, arena: arena.baseAddress)
            // Each id has a place, in the arena.
            return unsafe cuvee_index_tokens(
              slots.baseAddress, &kernel, ids.baseAddress, ids.count, &other)
          }
        }
      }
    }
    return found < ids.count ? (found, other) : nil
  }

  /// The id of each of some strings of a text, or `TokenBytes.noToken`.
  ///
  /// - Precondition: all lie inside the text.
  func find(_ strings: Span<cuvee_token_place>, in text: Span<UInt8>) -> [UInt32] {
    for index in 0..<strings.count {
      precondition(Int(strings[index].start) + Int(strings[index].length) <= text.count)
    }
    return unsafe text.withUnsafeBufferPointer { text in
      unsafe strings.withUnsafeBufferPointer { strings in
        unsafe withKernel { kernel in
          unsafe [UInt32](unsafeUninitializedCapacity: strings.count) { ids, count in
            count = strings.count
            if count == 0 { return }
            // No string leaves the text, and all ids are written.
            unsafe cuvee_find_tokens(
              kernel, text.baseAddress, strings.baseAddress, count, ids.baseAddress)
          }
        }
      }
    }
  }

  /// Finds the longest other token that each token begins with.
  ///
  /// - Parameters:
  ///   - ids: All that have a token.
  ///   - hasLength: Whether a token has a length, up to the greatest.
  /// - Returns: Its id, by id, or `TokenBytes.noToken`.
  func longestBeginnings(_ ids: [UInt32], hasLength: [UInt8]) -> [UInt32] {
    var beginnings = [UInt32](repeating: CUVEE_NO_TOKEN, count: places.count)
    unsafe withKernel { kernel in
      unsafe hasLength.withUnsafeBufferPointer { hasLength in
        unsafe ids.withUnsafeBufferPointer { ids in
          unsafe beginnings.withUnsafeMutableBufferPointer { beginnings in
            // All ids have places below their count, and no token is longer than `hasLength` knows.
            unsafe cuvee_longest_beginnings(
              kernel, hasLength.baseAddress, ids.baseAddress, ids.count, beginnings.baseAddress)
          }
        }
      }
    }
    return beginnings
  }

  private func withKernel<Result>(_ body: (UnsafePointer<cuvee_tokens>) -> Result) -> Result {
    unsafe slots.withUnsafeBufferPointer { slots in
      unsafe places.withUnsafeBufferPointer { places in
        unsafe arena.withUnsafeBufferPointer { arena in
          let kernel = unsafe cuvee_tokens(
            slots: slots.baseAddress, slot_mask: UInt64(slots.count - 1),
            places: places.baseAddress, arena: arena.baseAddress)
          return unsafe withUnsafePointer(to: kernel) { unsafe body($0) }
        }
      }
    }
  }
}
