/** Tests of the comparer, on captured bodies and on generated ones. */
@NullMarked
package dev.banyan.parity;

import org.jspecify.annotations.NullMarked;
