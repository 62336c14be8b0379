/** A small module that does all that is hard to undo, and what is left of it afterwards. */
@org.jspecify.annotations.NullMarked
package dev.banyan.modulekit;
