interface Turn<Answer> {
  running: Promise<Answer>;
  /** Begins when `running` is over, for all who came meanwhile. */
  next: Promise<Answer> | null;
}

/**
 * Lets those who ask the same at the same time share an answer. One question is on its way at once; whoever comes meanwhile
 * waits for the next, so nobody is given what was read before they asked, and may miss what they have just written.
 */
export class AskedAtOnce<Answer> {
  readonly #turns = new Map<string, Turn<Answer>>();

  /** `ask` is called at once, when the one before is over, or not at all. A failure is shared as an answer is. */
  answer(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const turn = this.#turns.get(key);
    if (turn === undefined) return this.#begin(key, ask);
    const begin = () => this.#begin(key, ask);
    turn.next ??= turn.running.then(begin, begin);
    return turn.next;
  }

  #begin(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const turn: Turn<Answer> = { running: ask(), next: null };
    this.#turns.set(key, turn);
    const end = () => {
      if (turn.next === null) this.#turns.delete(key);
    };
    turn.running.then(end, end);
    return turn.running;
  }
}
