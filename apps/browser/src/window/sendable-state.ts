import { notice, pluginState, type TabState, tabState, type WindowState, windowState } from '@bulkhead/contracts';
import * as v from 'valibot';
import { emptyTab, tabStateOf } from '../tabs/tab-state.ts';

/** Is called with the part of a state that cannot be sent, and why. */
export type OnUnsendable = (problem: string) => void;

/**
 * Returns a tab state that can be sent. A state that violates the contract is a bug in Bulkhead: the result then marks
 * the tab as ended by an internal error.
 */
export function sendableTab(state: TabState, onUnsendable: OnUnsendable): TabState {
  return keep(tabState, state, onUnsendable) ? state : markedTab(state);
}

/** Returns a window state that can be sent, without the parts that violate the contract. */
export function sendableWindow(state: WindowState, onUnsendable: OnUnsendable): WindowState {
  const { session, closing, shellPid } = windowState.entries;
  return {
    ...state,
    plugins: state.plugins.filter((plugin) => keep(pluginState, plugin, onUnsendable)),
    notices: state.notices.filter((each) => keep(notice, each, onUnsendable)),
    session: keep(session, state.session, onUnsendable) ? state.session : emptySession,
    closing: keep(closing, state.closing, onUnsendable) ? state.closing : null,
    shellPid: keep(shellPid, state.shellPid, onUnsendable) ? state.shellPid : null,
  };
}

const emptySession: WindowState['session'] = { restored: null, unsaved: null, reopenable: false };

function keep(schema: v.GenericSchema, part: unknown, onUnsendable: OnUnsendable): boolean {
  const { success, issues } = v.safeParse(schema, part);
  if (!success)
    onUnsendable(
      issues
        .map((issue) => `${v.getDotPath(issue)}: ${issue.message}`)
        .join('; ')
        .slice(0, 512),
    );
  return success;
}

function markedTab({ id, pinned }: TabState): TabState {
  const ended = { pid: null, signal: null, exitCode: null, at: Date.now(), repeated: false } as const;
  return tabStateOf({ ...emptyTab, id, pinned: pinned === true, ended: { kind: 'internal-error', ...ended } });
}
