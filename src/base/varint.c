/* LEB128, as in DWARF and WebAssembly. */
#include "datebook/varint.h"

size_t varint_put(unsigned char *bytes, uint64_t value)
{
    size_t used = 0;

    while (value >= 0x80) {
        bytes[used++] = (unsigned char)(value | 0x80);
        value >>= 7;
    }
    bytes[used++] = (unsigned char)value;
    return used;
}

size_t varint_get(const unsigned char *bytes, size_t length, uint64_t *value)
{
    *value = 0;
    for (size_t i = 0; i < length && i < VARINT_SIZE; i++) {
        uint64_t part = bytes[i] & 0x7f;
        if (i == VARINT_SIZE - 1 && part > 1)
            return 0;
        *value |= part << (7 * i);
        if (!(bytes[i] & 0x80))
            return i && !bytes[i] ? 0 : i + 1;
    }
    return 0;
}
