const BAR_CELLS = 30;
const MEBIBYTE = 1024 * 1024;

/** Shows the progress of a step on stderr: a bar on a terminal, otherwise a line for every 10 %. */
export class Progress {
  readonly #what: string;
  readonly #stream: NodeJS.WriteStream;
  #shownTenth = -1;
  #shownText = '';

  constructor(what: string, stream: NodeJS.WriteStream = process.stderr) {
    this.#what = what;
    this.#stream = stream;
  }

  /** @param detail shown after the bar */
  update(fraction: number, detail = ''): void {
    const percent = Math.floor(Math.min(1, fraction) * 100);
    if (this.#stream.isTTY) {
      const filled = Math.round((percent / 100) * BAR_CELLS);
      const bar = '█'.repeat(filled) + '░'.repeat(BAR_CELLS - filled);
      this.#redraw(`  ${this.#what} ${bar} ${percent} % ${detail}`);
      return;
    }
    const tenth = Math.floor(percent / 10);
    if (tenth === this.#shownTenth) return;
    this.#shownTenth = tenth;
    this.#stream.write(`  ${this.#what}: ${percent} % ${detail}`.trimEnd().concat('\n'));
  }

  bytes(done: number, total: number | undefined): void {
    if (total) this.update(done / total, `${Math.round(done / MEBIBYTE)} of ${Math.round(total / MEBIBYTE)} MiB`);
  }

  /** Starts a new line on the terminal, whether the step was completed or not. */
  end(): void {
    if (this.#shownText) this.#stream.write('\n');
    this.#shownText = '';
  }

  #redraw(text: string): void {
    if (text === this.#shownText) return;
    this.#shownText = text;
    this.#stream.write(`\r\x1b[K${text}`);
  }
}
