/* Unsigned numbers in as few bytes as they need: seven bits a byte, lowest
 * first, the high bit set on all but the last. */
#ifndef DATEBOOK_VARINT_H
#define DATEBOOK_VARINT_H

#include <stddef.h>
#include <stdint.h>

enum { VARINT_SIZE = 10 };

/* Writes at most VARINT_SIZE bytes and gives how many. */
size_t varint_put(unsigned char *bytes, uint64_t value);

/* Reads one number and gives how many bytes it took; 0 when it is cut off, too
 * large, or takes more bytes than it needs: no number can be written in two
 * ways. */
size_t varint_get(const unsigned char *bytes, size_t length, uint64_t *value);

#endif
