/**
 * Banyan's own end-to-end tests: the facade, the sample legacy and the sample module as real
 * processes, driven over real sockets; and the rules of the house, checked on its classes and
 * files.
 */
package dev.banyan.suite;
