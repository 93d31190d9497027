export interface StreamEvent {
  event: string;
  /** Null where the event has none. */
  data: any;
}

/** What was answered to a subscription: events as they come, or a refusal. */
export interface Events {
  status: number;
  headers: Headers;
  /** The refusal, where it is one. */
  body: any;
  /** The next event; fails when none comes in time or the stream is over. */
  next(): Promise<StreamEvent>;
  /** Every event until the stream ends by itself. */
  rest(): Promise<StreamEvent[]>;
  hangUp(): void;
}

const PATIENCE_MS = 20_000;

/** Subscribes over HTTP, as GraphQL over SSE has it. */
export async function subscribe(
  url: string,
  query: string,
  variables: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Events> {
  const controller = new AbortController();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query, variables }),
    signal: controller.signal,
  });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const events = isStream ? read(response.body!) : null;
  const step = async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('No event came in time.')), PATIENCE_MS);
    });
    try {
      return await Promise.race([events!.next(), late]);
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    status: response.status,
    headers: response.headers,
    body: isStream ? null : await response.json(),
    async next() {
      const { value, done } = await step();
      if (done === true) throw new Error('The stream is over.');
      return value;
    },
    async rest() {
      const all: StreamEvent[] = [];
      for (let one = await step(); one.done !== true; one = await step()) all.push(one.value);
      return all;
    },
    hangUp: () => controller.abort(),
  };
}

async function* read(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent, undefined> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const valueOf = (name: string) =>
        lines
          .find((line) => line.startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trim();
      const event = valueOf('event');
      if (event !== undefined) yield { event, data: JSON.parse(valueOf('data') || 'null') };
    }
  }
  return undefined;
}
