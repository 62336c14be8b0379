/**
 * Recordings: exchanges that someone else kept, read from files, so that answers can be compared
 * and requests sent again without a running facade.
 *
 * <p>A file's way: bytes, at most {@link dev.banyan.contracts.recordings.Caps#FILE} of them → the
 * reader of its form → a {@link dev.banyan.contracts.recordings.Recording} → {@link
 * dev.banyan.contracts.recordings.Pairing}. Whatever a file holds, reading ends with a recording or
 * with {@link dev.banyan.contracts.recordings.UnreadableRecording}. Plain blocking code on the
 * caller's thread.
 */
@NullMarked
package dev.banyan.contracts.recordings;

import org.jspecify.annotations.NullMarked;
