/** Which elements of two lists belong together, whatever the elements are. */
@NullMarked
package dev.banyan.parity.align;

import org.jspecify.annotations.NullMarked;
