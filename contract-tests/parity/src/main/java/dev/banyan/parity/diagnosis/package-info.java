/**
 * What a difference looks like, and what would settle it: the same words for differences that are
 * accepted and for those that are not. A diagnosis never decides anything.
 */
@NullMarked
package dev.banyan.parity.diagnosis;

import org.jspecify.annotations.NullMarked;
