import {
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Context,
  type Link,
  type Span,
  type SpanOptions,
  type Tracer,
} from '@opentelemetry/api';

/** Null: nobody traces, and nothing here costs more than a look at this. */
let tracer: Tracer | null = null;

/** Traces from now on by this tracer; null ends it. Whoever was opened before goes on as it was. */
export function traceBy(next: Tracer | null): void {
  tracer = next;
}

/** Is anything traced in this process? */
export function isTracing(): boolean {
  return tracer !== null;
}

/** A span that its maker ends, as a child of `parent`; null where nobody traces. */
export function beginSpan(name: string, options: SpanOptions = {}, parent: Context = context.active()): Span | null {
  return tracer?.startSpan(name, options, parent) ?? null;
}

/**
 * Runs work as a span. A failure marks the span by its code and goes on; its words stay out of the trace, for they may
 * be about somebody.
 */
export async function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span | null) => Promise<T>,
): Promise<T> {
  const span = beginSpan(name, options);
  if (span === null) return work(null);
  try {
    return await within(span, () => work(span));
  } catch (error) {
    fail(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Runs work so that spans which begin in it are children of this one. */
export function within<T>(span: Span, work: () => T): T {
  return context.with(trace.setSpan(context.active(), span), work);
}

/** Runs work that belongs to nobody's span, though somebody happened to begin it. */
export function withinNone<T>(work: () => T): T {
  return tracer === null ? work() : context.with(ROOT_CONTEXT, work);
}

/** The span that is worked on now. */
export function currentSpan(): Span | undefined {
  return tracer === null ? undefined : trace.getActiveSpan();
}

/** Marks a span as failed. */
export function fail(span: Span, error: unknown): void {
  const { code, name } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const type = typeof code === 'string' || typeof code === 'number' ? String(code) : String(name ?? 'unknown');
  span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', type);
}

/** The current span in the form of the header `traceparent`; null where nobody traces. */
export function currentTraceparent(): string | null {
  const span = currentSpan()?.spanContext();
  if (span === undefined || !isSpanContextValid(span)) return null;
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** What a `traceparent` stands for, to begin a span below it; nobody's where it is none. */
export function contextOf(traceparent: unknown): Context {
  const link = linkTo(traceparent);
  return link === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, link.context);
}

/** The same for a span that goes on by itself; null where it is none. */
export function linkTo(traceparent: unknown): Link | null {
  const [, traceId = '', spanId = '', flags = ''] =
    typeof traceparent === 'string' ? (TRACEPARENT.exec(traceparent) ?? []) : [];
  const remote = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(remote) ? { context: remote } : null;
}
