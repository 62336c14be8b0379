/** Tests of JSON told apart from its bytes. */
@NullMarked
package dev.banyan.parity.json;

import org.jspecify.annotations.NullMarked;
