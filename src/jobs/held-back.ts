/** Writes one after the other, of which the first ones wait until it is known that they may be made. */
export class HeldBack {
  readonly #gate = Promise.withResolvers<void>();
  #held: Promise<void>[] = [];
  #tail: Promise<void> = this.#gate.promise;
  #isOpen = false;

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Is over when the write is; at once while writes are held back, whose failures `open` throws. */
  async write(work: () => Promise<unknown>): Promise<void> {
    const made = this.#tail.then(async () => void (await work()));
    this.#tail = made.catch(() => undefined);
    if (this.#isOpen) return made;
    this.#held.push(made);
    this.#tail = made;
    made.catch(() => undefined);
  }

  /** Makes the writes that were held back, in their order, and holds back no more. After one that fails none is made. */
  async open(): Promise<void> {
    this.#isOpen = true;
    this.#gate.resolve();
    await Promise.all(this.#held.splice(0));
  }

  /** Is over when nothing is being written any more, whatever became of it. */
  async end(): Promise<void> {
    if (this.#isOpen) await this.#tail.catch(() => undefined);
  }
}
