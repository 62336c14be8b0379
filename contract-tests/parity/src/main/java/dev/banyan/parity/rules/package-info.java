/**
 * The rules by which two writings may say the same, one idea a file. {@link
 * dev.banyan.parity.rules.Explanations} asks them all: the first that knows the pair says which
 * rules have to be on for it to be accepted. The same answer, where they are off, is the diagnosis.
 *
 * <p>Pure; nothing here knows a profile.
 */
@NullMarked
package dev.banyan.parity.rules;

import org.jspecify.annotations.NullMarked;
