package dev.banyan.proxy;

/**
 * Why a request is not forwarded.
 *
 * @param status 400 to 599
 * @param detail for the person who reads it; no inner details
 */
record Refusal(int status, String detail) {}
