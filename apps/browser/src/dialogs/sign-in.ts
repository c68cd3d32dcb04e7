import type { DialogAnswer } from '@bulkhead/contracts';
import type { AuthInfo, WebContents } from 'electron';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import type { TabQuestions } from './tab-questions.ts';

/** Calling it without user and password means Cancel: then the page that came with the refusal is shown. */
type Reply = (user?: string, password?: string) => void;

interface Asked {
  /** The server and realm that ask. */
  key: string;
  replies: Reply[];
  /** A cross-site subframe asks. */
  isStrangers: boolean;
  take(answer: DialogAnswer | null): void;
  /** Withdraws the question. */
  withdraw(): void;
}

/** Maximum length of the realm that is shown, characters. */
const longestRealm = 256;
const longestHost = 512;
/** Maximum number of requests that wait for the same answer. Further ones are cancelled. */
const mostWaiting = 64;
/** Maximum number of addresses of loading frames that are kept for a tab, and maximum length of each, characters. */
const mostLoadingFrames = 64;
const longestFrameAddress = 8192;

/**
 * Asks the user for a name and a password for a server or a proxy (HTTP authentication). The request must belong to the
 * tab's page, to its subframes, or to the page's own origin: a third-party image in an honest page must not be able to
 * ask. After the user has cancelled a question of a cross-site subframe, no such frame of this document may ask again.
 * Each tab shows one question at a time. Requests to the same server and realm wait for the same answer, and an answer
 * accepted in one tab answers the others.
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
    /** Open questions, by server and realm. */
    const open = new Map<string, Asked>();
    /** Servers and realms that were given an answer, which they may have rejected. */
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
      if (isStrangers && !(asksForStrangers && frames.has(url))) return; // Electron cancels it
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

  /** Answers the same question in other tabs. */
  #answerOthers(key: string, answer: DialogAnswer): void {
    for (const other of [...this.#open].filter((each) => each.key === key)) {
      // Each answer may answer further ones.
      if (!this.#open.has(other)) continue;
      other.withdraw();
      other.take(answer);
    }
  }
}

/** The addresses that a tab's subframes, not its images or scripts, have recently started to load. */
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

/** True when data for this host does not leave the machine. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '[::1]' ||
  host === '::1' ||
  /^127(\.\d+){3}$/.test(host);
