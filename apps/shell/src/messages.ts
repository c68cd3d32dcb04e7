import type { Notice, WindowState } from '@bulkhead/contracts';
import { noticeText, offerText, pluginNoticeText, restoredText } from './notice-text.ts';
import type { PluginNotice } from './plugin-notices.ts';
import type { ShellHost } from './shell-host.ts';
import { t } from './strings.ts';

/** One quiet word to the person looking. */
export interface Message {
  key: string;
  text: string;
  /** Goes away by itself after a while: what it tells of is over. */
  passing: boolean;
  dismiss: (() => void) | null;
  /** What the user can do about it. */
  action: { label: string; run: () => void } | null;
  /** Tells the browser that it is on the screen. */
  painted: (push: ShellHost['push']) => void;
}

interface Sources {
  window: WindowState;
  /** What was seen to happen to a plugin, until it is dismissed. */
  pluginNotice: PluginNotice | null;
  dismissPluginNotice: () => void;
  /** Tells one fault that could not be caused from the next; null when there is none to speak of. */
  refusedFault: number | null;
  dismissRefusedFault: () => void;
  ask: (question: (host: ShellHost) => Promise<unknown>) => void;
}

/** Everything there is to say, oldest first. */
export function messagesOf({
  window,
  pluginNotice,
  dismissPluginNotice,
  refusedFault,
  dismissRefusedFault,
  ask,
}: Sources): Message[] {
  const { notices, session } = window;
  const messages = notices.map((notice): Message => {
    const isPlugin = notice.victim === 'plugin' && notice.name === pluginNotice?.plugin;
    return {
      key: `notice ${notice.id} ${notice.outcome}`,
      text: noticeText(notice),
      passing: notice.outcome === 'back' || notice.outcome === 'continued',
      dismiss: () => {
        if (isPlugin) dismissPluginNotice();
        ask(({ call }) => call.dismissNotice(notice.id));
      },
      action: notice.offer && {
        label: offerText(notice.offer, notice.outcome),
        run: () => ask(({ call }) => call.followNotice(notice.id)),
      },
      painted: (push) => noticePainted(push, notice),
    };
  });
  // Without the browser's own word on it, what changed from one state to the next says the same.
  if (pluginNotice && !notices.some(({ victim, name }) => victim === 'plugin' && name === pluginNotice.plugin)) {
    const { plugin: name, end, outcome } = pluginNotice;
    messages.push({
      key: `plugin ${name} ${end.at} ${outcome.state}`,
      text: pluginNoticeText(pluginNotice),
      passing: outcome.state === 'back',
      dismiss: dismissPluginNotice,
      action: null,
      painted: (push) => push.pluginEndPainted({ name, pid: end.pid }),
    });
  }
  // Tabs that are held have a bar of their own.
  if (session.restored && session.restored.held === null) {
    messages.push({
      key: 'restored',
      text: restoredText(session.restored),
      passing: false,
      dismiss: () => ask(({ call }) => call.dismissRestored()),
      action: null,
      painted: () => undefined,
    });
  }
  if (session.unsaved !== null) {
    const text = t('unsaved', { reason: session.unsaved });
    messages.push({ key: 'unsaved', text, passing: false, dismiss: null, action: null, painted: () => undefined });
  }
  if (refusedFault !== null) {
    messages.push({
      key: `refused ${refusedFault}`,
      text: t('faultRefused'),
      passing: true,
      dismiss: dismissRefusedFault,
      action: null,
      painted: () => undefined,
    });
  }
  return messages;
}

function noticePainted(push: ShellHost['push'], { id, victim, name, pid }: Notice): void {
  push.noticePainted({ id, pid });
  if (victim === 'plugin') push.pluginEndPainted({ name, pid });
}
