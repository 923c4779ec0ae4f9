import CCrypto

/// MD5, where a format or another program's rule asks for it; never for names of our own.
public enum MD5 {
  /// The first 64 of the 128 bits of the MD5 of bytes: they are in the order of the hexadecimal
  /// forms.
  public static func first64(_ bytes: Span<UInt8>) -> UInt64 {
    var digest = [UInt8](repeating: 0, count: 64)
    // libcrypto writes at most 64 bytes, EVP_MAX_MD_SIZE, of any digest.
    let status = unsafe bytes.withUnsafeBytes { raw in
      unsafe digest.withUnsafeMutableBufferPointer { buffer in
        unsafe EVP_Digest(raw.baseAddress, raw.count, buffer.baseAddress, nil, EVP_md5(), nil)
      }
    }
    precondition(status == 1, "libcrypto has MD5")
    return digest[..<8].reduce(0) { $0 << 8 | UInt64($1) }
  }
}
