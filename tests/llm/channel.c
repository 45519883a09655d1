/* Plain and TLS connections behind one face; see channel.h. */
#include "tests/llm/channel.h"
#include "tests/llm/text.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

struct channels {
    SSL_CTX *context; /* NULL: plain */
};

struct channels *channels_open(const char *folder)
{
    struct channels *channels = new_zero(sizeof(*channels));
    if (!folder)
        return channels;
    struct text certificate = {0}, key = {0};
    text_format(&certificate, "%s/server.pem", folder);
    text_format(&key, "%s/server.key", folder);
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (!context ||
        SSL_CTX_use_certificate_chain_file(context, certificate.bytes) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, key.bytes, SSL_FILETYPE_PEM) != 1)
        give_up("%s: no certificate and key to use", folder);
    /* Pieces are written again from where they were, not whole. */
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    text_free(&certificate);
    text_free(&key);
    channels->context = context;
    return channels;
}

void channels_close(struct channels *channels)
{
    SSL_CTX_free(channels->context);
    free(channels);
}

void channel_open(struct channel *channel, struct channels *channels, int fd)
{
    *channel = (struct channel){.fd = fd};
    if (!channels->context)
        return;
    SSL *tls = SSL_new(channels->context);
    if (!tls || SSL_set_fd(tls, fd) != 1)
        give_up("out of memory");
    SSL_set_accept_state(tls);
    channel->tls = tls;
}

void channel_close(struct channel *channel)
{
    SSL_free(channel->tls);
    close(channel->fd);
}

static long plain_result(long length)
{
    if (length > 0)
        return length;
    bool later = length < 0 &&
                 (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
    return later ? 0 : -1;
}

static long tls_result(struct channel *channel, int length)
{
    int why = SSL_get_error(channel->tls, length);
    channel->wants_write = why == SSL_ERROR_WANT_WRITE;
    if (length > 0)
        return length;
    ERR_clear_error();
    bool later = why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE;
    return later ? 0 : -1;
}

long channel_read(struct channel *channel, char *bytes, size_t room)
{
    if (!channel->tls)
        return plain_result(recv(channel->fd, bytes, room, 0));
    return tls_result(channel, SSL_read(channel->tls, bytes, (int)room));
}

long channel_write(struct channel *channel, const char *bytes, size_t length)
{
    if (!channel->tls)
        return plain_result(send(channel->fd, bytes, length, MSG_NOSIGNAL));
    int most = length < 16384 ? (int)length : 16384;
    return tls_result(channel, SSL_write(channel->tls, bytes, most));
}

bool channel_pending(const struct channel *channel)
{
    return channel->tls && SSL_has_pending(channel->tls);
}
