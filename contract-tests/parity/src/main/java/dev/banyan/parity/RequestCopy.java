package dev.banyan.parity;

/**
 * A request as the client sent it, kept to be sent again or written into a contract.
 *
 * @param method as sent
 * @param target path and query, raw
 * @param headers end-to-end headers only
 */
public record RequestCopy(String method, String target, Headers headers, Body body) {}
