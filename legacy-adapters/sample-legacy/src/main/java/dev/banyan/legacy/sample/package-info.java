/**
 * The sample .NET system that Banyan is proven against, and its stand-in.
 *
 * <p>{@link SampleLegacy#start} compiles {@code web/} with Mono and runs it as a child process;
 * where Mono is missing, {@link ReplayServer} answers with the bytes in {@code captures/} instead.
 *
 * <p>One way through the replay: a socket becomes a {@code RawRequest}, {@code CaptureBook} finds
 * the capture that fits it best, {@code CapturedResponse} puts in the caller's authority, and the
 * bytes go back as they were recorded. Each connection has a virtual thread of its own.
 */
@NullMarked
package dev.banyan.legacy.sample;

import org.jspecify.annotations.NullMarked;
