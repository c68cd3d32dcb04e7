import type { DialogAnswer } from '@bulkhead/contracts';
import type { AuthInfo, WebContents } from 'electron';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import type { TabQuestions } from './tab-questions.ts';

/** The runtime takes no user and no password for Cancel: the page that came with the refusal is shown then. */
type Reply = (user?: string, password?: string) => void;

interface Asked {
  /** The place that asks. */
  key: string;
  replies: Reply[];
  /** A frame of another site asks. */
  isStrangers: boolean;
  take(answer: DialogAnswer | null): void;
  /** Takes the question back. */
  withdraw(): void;
}

/** Longest realm that a server may have shown, characters. */
const longestRealm = 256;
const longestHost = 512;
/** Most requests that wait for the same answer; further ones are cancelled. */
const mostWaiting = 64;
/** Most addresses of loading frames that are kept for a tab, and their longest length, characters. */
const mostLoadingFrames = 64;
const longestFrameAddress = 8192;

/**
 * Asks the user for a name and a password where a server or a proxy wants them (HTTP authentication). Only the page of
 * the tab itself is asked for, its frames, and what it loads from its own origin: an image of a stranger in an honest page
 * must not be able to ask. After the user has cancelled a question of a frame of another site, no such frame of this
 * document asks any more.
 * One question at a time for each tab; requests to the same place wait for the same answer, and one that is accepted in
 * one tab answers the others.
 */
export class SignIn {
  readonly #questions: TabQuestions;
  /** The open questions of all tabs. */
  readonly #open = new Set<Asked>();

  constructor(strip: TabStrip, questions: TabQuestions) {
    this.#questions = questions;
    for (const tab of strip.tabs) this.#follow(tab);
    strip.on('added', (tab) => this.#follow(tab));
  }

  #follow(tab: Tab): void {
    const { contents } = tab;
    /** What is open, by the place that asks. */
    const open = new Map<string, Asked>();
    /** Places that have been given an answer which they may not have taken. */
    const answered = new Set<string>();
    const frames = new LoadingFrames(contents);
    let asksForStrangers = true;
    tab.on('leaving', () => answered.clear());
    tab.on('arrived', () => {
      answered.clear();
      frames.clear();
      asksForStrangers = true;
    });
    contents.on('login', (event, { url }, place, reply) => {
      const isTabs = url === tab.pendingAddress;
      const isOwn = isTabs || originOf(url) === originOf(tab.committedAddress);
      const isStrangers = !place.isProxy && !isOwn;
      if (isStrangers && !(asksForStrangers && frames.has(url))) return; // the runtime cancels it
      event.preventDefault();
      const key = JSON.stringify([place.isProxy, place.scheme, place.host, place.port, place.realm]);
      const waiting = open.get(key);
      if (waiting) {
        if (waiting.replies.length < mostWaiting) waiting.replies.push(reply);
        else reply();
        return;
      }
      const take = (answer: DialogAnswer | null) => {
        open.delete(key);
        this.#open.delete(asked);
        if (answer?.accepted) answered.add(key);
        for (const each of asked.replies) {
          if (answer?.accepted) each(answer.text, answer.password);
          else each();
        }
        if (answer?.accepted) this.#answerOthers(key, answer);
        else if (answer && isStrangers) {
          asksForStrangers = false;
          const others = [...open.values()].filter((each) => each.isStrangers);
          for (const other of others) {
            other.withdraw();
            other.take(null);
          }
        }
      };
      const asked: Asked = { key, replies: [reply], isStrangers, take, withdraw: () => undefined };
      open.set(key, asked);
      this.#open.add(asked);
      const question = { ...describe(url, place), again: answered.has(key) };
      asked.withdraw = this.#questions.ask(tab, question, take, isTabs ? 'navigation' : 'document');
    });
  }

  /** The same place asks in other tabs, too. */
  #answerOthers(key: string, answer: DialogAnswer): void {
    for (const other of [...this.#open].filter((each) => each.key === key)) {
      // Each answers the others in its turn.
      if (!this.#open.has(other)) continue;
      other.withdraw();
      other.take(answer);
    }
  }
}

/** The addresses that the frames of a tab have begun to load last, and not its images or scripts. */
class LoadingFrames {
  readonly #addresses = new Set<string>();

  constructor(contents: WebContents) {
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument, url }) => {
      if (!isMainFrame && !isSameDocument) this.#add(url);
    });
    contents.on('did-redirect-navigation', ({ isMainFrame, url }) => {
      if (!isMainFrame) this.#add(url);
    });
    contents.on('did-frame-navigate', (_event, url) => this.#addresses.delete(url));
    contents.on('did-fail-provisional-load', (_event, _code, _words, url) => this.#addresses.delete(url));
  }

  has(address: string): boolean {
    return this.#addresses.has(address);
  }

  clear(): void {
    this.#addresses.clear();
  }

  #add(address: string): void {
    if (address.length > longestFrameAddress) return;
    this.#addresses.add(address);
    const [oldest] = this.#addresses;
    if (this.#addresses.size > mostLoadingFrames && oldest !== undefined) this.#addresses.delete(oldest);
  }
}

const originOf = (address: string): string | undefined =>
  URL.canParse(address) && /^https?:/.test(address) ? new URL(address).origin : undefined;

function describe(url: string, { isProxy, host, port, realm }: AuthInfo) {
  const { protocol } = new URL(url);
  const isDefaultPort = port === (protocol === 'https:' ? 443 : 80);
  return {
    kind: 'sign-in',
    host: `${host}${isDefaultPort ? '' : `:${port}`}`.slice(0, longestHost),
    realm: realm.slice(0, longestRealm),
    isProxy,
    insecure: !isProxy && protocol !== 'https:' && !isLoopback(host),
  } as const;
}

/** Says whether what goes to this host stays on the machine. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '[::1]' ||
  host === '::1' ||
  /^127(\.\d+){3}$/.test(host);
