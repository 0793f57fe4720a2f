# syntax=docker/dockerfile:1
# One image for every service: `magpie serve <service>`, `magpie migrate`, or the whole shop with `magpie up`.
# All stages are Debian 12, so that the libraries of the build are those at run time.

# The client of Kafka. Debian 12 has 2.0.2, which is two major versions older than the Kafka of docker-compose.yml and
# has a fault in reading tagged fields. The authors of 2.15.0 test it with Kafka 4.3 (KAFKA_VERSION in
# .semaphore/semaphore.yml of that release). The checksum is that of the tag itself, as a clone shows:
#   git archive --format=tar --prefix=librdkafka-2.15.0/ v2.15.0 | gzip -cn | sha256sum
FROM debian:12.12-slim AS librdkafka

# Debian keeps no older versions of its packages: the release pins them.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        g++ gcc libssl-dev libzstd-dev make pkg-config python3-minimal zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*

ADD --checksum=sha256:259015220cdca708afe838b5aa79ebf1a5fb710fb4179cf918d390aed85d5dbc \
    https://github.com/confluentinc/librdkafka/archive/refs/tags/v2.15.0.tar.gz /librdkafka.tar.gz
WORKDIR /librdkafka
# TLS, SASL by password, zlib and zstd; lz4 and snappy are inside. Not Kerberos, and no token from a URL.
RUN tar --extract --gzip --strip-components=1 --file /librdkafka.tar.gz \
    && ./configure --prefix=/usr/local --disable-gssapi --disable-curl --disable-lz4-ext --enable-strip \
    && make -j "$(nproc)" -C src \
    && make -C src install DESTDIR=/install \
    && rm /install/usr/local/lib/*.a

FROM swift:6.3.1-bookworm AS build

# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libcurl4-openssl-dev libhiredis-dev libpq-dev libsqlite3-dev libssl-dev libzstd-dev pkg-config zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*

COPY --from=librdkafka /install/usr/local /usr/local
RUN ldconfig
WORKDIR /source
COPY . .
# Dependencies and their build products stay in caches between builds.
RUN --mount=type=cache,target=/root/.cache/org.swift.swiftpm \
    --mount=type=cache,target=/source/.build,sharing=locked \
    swift build -Xcc -O2 --configuration release --product magpie --static-swift-stdlib \
    && folder="$(swift build --configuration release --show-bin-path)" \
    && mkdir /magpie \
    && cp "$folder/magpie" /magpie/ \
    && cp -R "$folder"/*.resources /magpie/ \
    && strip --strip-debug /magpie/magpie

FROM debian:12.12-slim AS run

COPY --from=librdkafka /install/usr/local/lib/librdkafka.so.1 /usr/local/lib/
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        ca-certificates libcurl4 libhiredis0.14 libpq5 libsqlite3-0 libssl3 libzstd1 tzdata zlib1g \
    && ldconfig \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 magpie \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin magpie \
    && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/magpie \
    # Volumes of docker-compose.yml, which take over their folder's owner.
    && install --directory --owner=10001 --group=10001 \
        /secrets/service_key /secrets/database_password /secrets/redis_password /secrets/grafana_password \
        /secrets/monitor_password /secrets/page_webhook /secrets/ticket_webhook

# Resources lie beside the executable, where it looks for them.
COPY --from=build /magpie /opt/magpie

ENV PATH=/opt/magpie:$PATH \
    MAGPIE_DATA=/var/lib/magpie \
    MAGPIE_HOST=0.0.0.0
# A number, from which Kubernetes can tell that this is not root.
USER 10001:10001
WORKDIR /var/lib/magpie
# The root file system may be read-only: only this folder is written, by services that use it, and /tmp.
EXPOSE 8080 9464
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 CMD ["magpie", "health"]
ENTRYPOINT ["/opt/magpie/magpie"]
CMD ["up"]
