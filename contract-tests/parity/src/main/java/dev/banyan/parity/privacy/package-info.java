/**
 * Takes private data out of observations before anything is stored or logged, and leaves their
 * differences visible. Pure.
 *
 * <p>A {@link dev.banyan.parity.privacy.Masking} is made of a key and of what the rule set calls
 * private. It walks a target, headers or a body once, as written: what is private by its place
 * ({@code PrivateNames}) or by its looks ({@code Detectors}) is replaced by its pseudonym ({@code
 * Pseudonyms}), everything else stays byte for byte. {@link
 * dev.banyan.parity.privacy.MaskedMismatch} does it for a finding: both sides are masked and
 * compared again. Time is linear in the size, memory a few times the size; any thread.
 */
@NullMarked
package dev.banyan.parity.privacy;

import org.jspecify.annotations.NullMarked;
