#pragma once
#include <errno.h>
#include <hiredis/hiredis.h>
#include <poll.h>
#include <sys/socket.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

static inline redisContext *magpie_redis_connect(const char *host, int port, long milliseconds) {
    struct timeval limit = {milliseconds / 1000, (milliseconds % 1000) * 1000};
    redisContext *context = redisConnectWithTimeout(host, port, limit);
#ifdef SO_NOSIGPIPE
    int on = 1;
    if (context != NULL && context->err == 0) {
        setsockopt(context->fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
    }
#endif
    return context;
}

static inline const char *magpie_redis_error(const redisContext *context) { return context->errstr; }

// Above zero when the socket is ready (or broken), zero when it is not yet, below zero on failure.
static inline int magpie_redis_wait(const redisContext *context, int to_write, int milliseconds) {
    struct pollfd socket = {context->fd, to_write ? POLLOUT : POLLIN, 0};
    int ready = poll(&socket, 1, milliseconds);
    return ready < 0 && errno == EINTR ? 0 : ready;
}

// hiredis's own writing raises SIGPIPE when the server is gone, and waits without a limit. The count of bytes sent,
// zero when there is no room now, below zero on failure.
static inline ssize_t magpie_redis_send(const redisContext *context, const void *bytes, size_t count) {
    ssize_t sent = send(context->fd, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
    return sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) ? 0 : sent;
}
