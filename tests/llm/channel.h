/* A connection's bytes, plain or through TLS, never waiting. */
#ifndef LLM_CHANNEL_H
#define LLM_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>

struct channels; /* the server's certificate, or nothing for plain */

struct channel {
    int fd;
    void *tls;        /* NULL: plain */
    bool wants_write; /* TLS has to write before it can go on */
};

/* `folder` holds server.pem and server.key; NULL for plain connections. */
struct channels *channels_open(const char *folder);
void channels_close(struct channels *channels);

void channel_open(struct channel *channel, struct channels *channels, int fd);
void channel_close(struct channel *channel);
/* Bytes; 0: not now; negative: the connection has ended. */
long channel_read(struct channel *channel, char *bytes, size_t room);
long channel_write(struct channel *channel, const char *bytes, size_t length);
/* Whether bytes are there that poll does not see. */
bool channel_pending(const struct channel *channel);

#endif
