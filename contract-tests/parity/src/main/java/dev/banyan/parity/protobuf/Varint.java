package dev.banyan.parity.protobuf;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;

/**
 * A number of up to ten bytes, seven bits in each. The library's own reader takes the highest bit
 * for set wherever there is a tenth byte, or not, depending on how many bytes follow.
 */
final class Varint {
  private static final int LONGEST = 10;

  private Varint() {}

  static long read(CodedInputStream in) throws IOException {
    long value = 0;
    for (int i = 0; i < LONGEST; i++) {
      byte next = in.readRawByte();
      value |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("a number of more than ten bytes");
  }
}
