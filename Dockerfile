# One image for everything: the command says what a container is. `npm run image:check` runs the same steps without Docker.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package's script has to run for what is needed here. Traces: --build-arg OMIT="--omit=dev".
ARG OMIT="--omit=dev --omit=optional"
RUN npm ci ${OMIT} --ignore-scripts --no-fund --no-audit

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 WORKER_PORT=4001
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=packages /app/node_modules ./node_modules
COPY schema ./schema
COPY drizzle ./drizzle
COPY src ./src
USER node
EXPOSE 4000 4001
# A server answers at PORT, a worker at WORKER_PORT.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "Promise.any([process.env.PORT, process.env.WORKER_PORT].map((port) => fetch('http://127.0.0.1:' + port + '/readyz').then((r) => r.ok || Promise.reject()))).then(() => process.exit(0), () => process.exit(1))"]
CMD ["node", "src/server.ts"]
