/**
 * What varies by itself, found and not guessed. Comparisons of legacy with itself (the baseline)
 * and of control with candidate are counted by place; {@link dev.banyan.parity.noise.NoiseJudge}
 * says of a place whether it is noise; {@link dev.banyan.parity.noise.KnownNoise} tells the
 * comparer.
 *
 * <p>Pure. {@link dev.banyan.parity.noise.NoiseWindow} is written by one thread and read by others.
 */
@NullMarked
package dev.banyan.parity.noise;

import org.jspecify.annotations.NullMarked;
