/**
 * Message types of Protocol Buffers as a rule file names them: a set of descriptors made by protoc
 * is read and linked once, when the rules are read, and never changes from then on. Nothing here
 * reads messages; the comparer does (docs/adr/0019-protobuf-by-descriptors.md).
 */
@NullMarked
package dev.banyan.rules.protobuf;

import org.jspecify.annotations.NullMarked;
