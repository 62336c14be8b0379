/**
 * Messages of Protocol Buffers as the JSON model that the comparer has: read from their bytes in
 * one pass, by the types of a descriptor set, into fields by name; what no type knows is kept by
 * tag. Bounded in depth and memory; called by {@code body} with the bytes of one message.
 */
@NullMarked
package dev.banyan.parity.protobuf;

import org.jspecify.annotations.NullMarked;
