interface Turn<Answer> {
  running: Promise<Answer>;
  /** When it began, by `performance.now()`. */
  at: number;
  /** Begins when `running` is over, for all who came meanwhile. */
  next: Promise<Answer> | null;
}

/** Whoever waits for a question that takes longer no longer does: a connection may have been lost without a word. */
const PATIENCE_MS = 2_000;

/**
 * Lets those who ask the same at the same time share an answer. One question is on its way at once; whoever comes meanwhile
 * waits for the next, so nobody is given what was read before they asked, and may miss what they have just written.
 */
export class AskedAtOnce<Answer> {
  readonly #turns = new Map<string, Turn<Answer>>();
  readonly #patienceMs: number;

  constructor(patienceMs = PATIENCE_MS) {
    this.#patienceMs = patienceMs;
  }

  /** `ask` is called at once, when the one before is over or takes too long, or not at all. A failure is shared as an answer is. */
  answer(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const turn = this.#turns.get(key);
    if (turn === undefined) return this.#begin(key, ask);
    turn.next ??= this.#over(turn).then(() => this.#begin(key, ask));
    return turn.next;
  }

  #begin(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const running = (async () => ask())();
    const turn: Turn<Answer> = { running, at: performance.now(), next: null };
    this.#turns.set(key, turn);
    const end = () => {
      if (turn.next === null && this.#turns.get(key) === turn) this.#turns.delete(key);
    };
    running.then(end, end);
    return running;
  }

  /** When a turn has its answer, or has had its time. */
  #over({ running, at }: Turn<Answer>): Promise<void> {
    return new Promise((resolve) => {
      const late = setTimeout(resolve, Math.max(0, this.#patienceMs - (performance.now() - at)));
      const over = () => {
        clearTimeout(late);
        resolve();
      };
      running.then(over, over);
    });
  }
}
