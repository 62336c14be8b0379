/** Tests of contracts, against real servers. */
@NullMarked
package dev.banyan.contracts;

import org.jspecify.annotations.NullMarked;
