/**
 * JSON as it was written: number lexemes, the order of members and repeated names are kept. Other
 * bodies made of names and values (forms, events, parts) are told as JSON too.
 */
@NullMarked
package dev.banyan.parity.json;

import org.jspecify.annotations.NullMarked;
