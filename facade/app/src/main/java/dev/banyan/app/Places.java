package dev.banyan.app;

import dev.banyan.app.security.SecretFile;

/**
 * Where everything listens.
 *
 * @param host of the data plane
 * @param port of the data plane; 0 for any free one
 * @param adminHost of the admin side
 * @param token whether the admin token was made at this start
 * @param edge what a client may ask of the data plane
 */
record Places(
    String host, int port, String adminHost, SecretFile.Provided token, EdgeConfig edge) {}
