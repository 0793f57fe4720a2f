#pragma once
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h> // For tests.

// What Swift cannot import: a variadic function.

/// Queues a copy of one record and never blocks. On success the headers belong to librdkafka.
static inline rd_kafka_resp_err_t magpie_produce(
    rd_kafka_t *client, const char *topic, const void *key, size_t key_length, const void *value, size_t value_length,
    rd_kafka_headers_t *headers, void *opaque) {
    return rd_kafka_producev(
        client, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(RD_KAFKA_PARTITION_UA),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key, key_length),
        RD_KAFKA_V_VALUE((void *)value, value_length), RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_OPAQUE(opaque),
        RD_KAFKA_V_END);
}
