import { notice, pluginState, type TabState, tabState, type WindowState, windowState } from '@bulkhead/contracts';
import * as v from 'valibot';
import { emptyTab, tabStateOf } from '../tabs/tab-state.ts';

/** Hears what of a state could not be sent, and why. */
export type OnUnsendable = (problem: string) => void;

/**
 * A tab's state that can be sent. One that its contract refuses is a fault of ours: a tab that is marked as ended by an
 * internal error takes its place.
 */
export function sendableTab(state: TabState, onUnsendable: OnUnsendable): TabState {
  return keep(tabState, state, onUnsendable) ? state : markedTab(state);
}

/** The same for the rest of a window: what its contract refuses is left out. */
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
