/**
 * Requests and answers that two parsers could take for two things, sent as bytes through a facade
 * in front of an upstream that takes nothing but what RFC 9112 allows; both sides are judged.
 * {@code cases.jsonl} holds the cases, docs/reference/edge.md what becomes of each.
 */
@NullMarked
package dev.banyan.proxy.badrequests;

import org.jspecify.annotations.NullMarked;
