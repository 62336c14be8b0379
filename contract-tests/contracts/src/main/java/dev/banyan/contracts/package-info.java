/**
 * Contracts: interactions recorded from the real legacy system, generalised into expectations,
 * verified on either side with the same comparer that judges live traffic.
 *
 * <p>A contract's way: observed exchanges → {@link dev.banyan.contracts.ContractRecorder} → YAML →
 * {@link dev.banyan.contracts.ContractVerifier} → {@link dev.banyan.contracts.ContractReport}.
 * Plain blocking code on the caller's thread.
 */
@NullMarked
package dev.banyan.contracts;

import org.jspecify.annotations.NullMarked;
