/**
 * XML and HTML as trees of elements. XML names are expanded: prefixes and their declarations say
 * nothing, nor do the order of attributes, comments and white space between elements.
 */
@NullMarked
package dev.banyan.parity.xml;

import org.jspecify.annotations.NullMarked;
