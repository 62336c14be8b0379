/**
 * Bodies as values: what a body is made of by its media type, read within bounds. Forms, parts,
 * events, lines and framed messages are told as JSON, so that one comparison finds their
 * differences.
 */
@NullMarked
package dev.banyan.parity.body;

import org.jspecify.annotations.NullMarked;
