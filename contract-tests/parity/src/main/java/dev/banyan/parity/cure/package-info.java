/**
 * What settles a difference: the lines of the rule file that would accept it, and the change of
 * code that would end it. Made of a signature alone, so that it can be told of whatever is kept.
 */
@NullMarked
package dev.banyan.parity.cure;

import org.jspecify.annotations.NullMarked;
