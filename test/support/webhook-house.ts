import type { FastifyInstance } from 'fastify';
import type { SandboxOptions } from '#sandbox/index.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { createServer } from '#src/http/server.ts';
import { connectedIntegration, openHouse, type House } from './house.ts';
import { signedWebhook } from './webhooks.ts';

export const SECRET = 'secret token of the tests';

/** A house with an integration and the HTTP server that Zoom's webhooks come to. */
export interface WebhookHouse extends House {
  server: FastifyInstance;
  integration: IntegrationRow;
  /** Sends a signed webhook. @returns the status. */
  tell(body: unknown): Promise<number>;
}

export async function openWebhookHouse(options: SandboxOptions = {}): Promise<WebhookHouse> {
  const house = await openHouse({ users: 0, rateLimits: false, ...options, env: { ZOOM_WEBHOOK_SECRET: SECRET } });
  const integration = await connectedIntegration(house);
  const server = await createServer(house.deps);
  return {
    ...house,
    server,
    integration,
    async tell(body) {
      const { headers, body: payload } = signedWebhook(SECRET, body, { at: house.clock.now().getTime() });
      const answer = await server.inject({ method: 'POST', url: '/webhooks/zoom', headers, payload });
      return answer.statusCode;
    },
    async close() {
      await server.close();
      await house.close();
    },
  };
}
