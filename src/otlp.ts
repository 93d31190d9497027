import type { Config } from './config.ts';
import type { Sql } from './db/client.ts';
import { traceStatements } from './db/statement-spans.ts';
import { ConfigError } from './errors.ts';
import { traceBy } from './tracing.ts';

/** Sends what is left and stops tracing. */
export type StopTracing = () => Promise<void>;

const NAME = 'zoom-license-subgraph';
/** A receiver that is away must not keep a process from ending. */
const FLUSH_MS = 3_000;

/**
 * Begins to trace and to send traces to the receiver at `OTEL_EXPORTER_OTLP_ENDPOINT`; does nothing without one. Further
 * `OTEL_…` variables (headers, sampler, batches) are read by the packages that send, which are there only where somebody
 * wants them.
 *
 * @throws {ConfigError} when they are not installed.
 */
export async function startTracing(
  { otlpUrl }: Pick<Config, 'otlpUrl'>,
  sql: Sql,
  version: string,
): Promise<StopTracing> {
  if (otlpUrl === null) return () => Promise.resolve();
  const { sdk, otlp, resources } = await load();
  const resource = resources
    .defaultResource()
    .merge(resources.resourceFromAttributes({ 'service.name': NAME, 'service.version': version }))
    .merge(resources.detectResources({ detectors: [resources.envDetector] }));
  const exporter = new otlp.OTLPTraceExporter({ url: `${otlpUrl}/v1/traces` });
  const provider = new sdk.NodeTracerProvider({ resource, spanProcessors: [new sdk.BatchSpanProcessor(exporter)] });
  provider.register({ propagator: null });
  traceBy(provider.getTracer(NAME, version));
  traceStatements(sql);
  return async () => {
    traceBy(null);
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FLUSH_MS);
    });
    await Promise.race([provider.shutdown().catch(() => undefined), tooLate]);
    clearTimeout(timer);
  };
}

async function load() {
  try {
    const [sdk, otlp, resources] = await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
    return { sdk, otlp, resources };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new ConfigError([
      'OTEL_EXPORTER_OTLP_ENDPOINT: the packages that send traces are not installed here. Install with npm ci ' +
        '--omit=dev (without --omit=optional), or take the variable away',
    ]);
  }
}
