# syntax=docker/dockerfile:1
# One image for every service: `magpie serve <service>`, `magpie migrate`, or the whole shop with `magpie up`.
# Both stages are Debian 12, so that the libraries of the build are those at run time.
FROM swift:6.3.1-bookworm AS build

# Debian keeps no older versions of its packages: the release pins them.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libcurl4-openssl-dev libhiredis-dev libpq-dev librdkafka-dev libsqlite3-dev pkg-config zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*

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

# librdkafka 2.0.2 of Debian 12 has a fault in reading tagged fields (fixed in 2.8 or earlier), for which at least one
# broker refuses it. It was not tested with the Kafka of docker-compose.yml: if a service stays unready there, or for
# production, install a newer librdkafka1 here. The interface is the same; nothing is recompiled.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        ca-certificates libcurl4 libhiredis0.14 libpq5 librdkafka1 libsqlite3-0 tzdata zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 magpie \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin magpie \
    && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/magpie \
    # Volumes of docker-compose.yml, which take over their folder's owner.
    && install --directory --owner=10001 --group=10001 \
        /secrets/service_key /secrets/database_password /secrets/redis_password /secrets/grafana_password

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
