import { logOf, type ProcessLog } from '../log/log.ts';
import type { PluginProcess } from '../plugins/plugin-process.ts';
import { deathOf } from '../processes/process-end.ts';
import type { ServiceEnds } from '../processes/service-ends.ts';
import type { ServicePids } from '../processes/service-pids.ts';
import type { Shell } from '../shell/shell.ts';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';

interface Parts {
  strip: TabStrip;
  plugin: PluginProcess;
  shell: Shell;
  services: ServicePids;
  ends: ServiceEnds;
}

/** Logs the start and the end of each process. Lessons and the watchdog do so themselves. */
export function logProcesses({ strip, plugin, shell, services, ends }: Parts): void {
  strip.on('added', logTab);
  plugin.on('running', () => plugin.log.info('runs'));
  plugin.on('ended', (end) => logOf({ type: 'plugin', id: plugin.name, pid: end.pid }).warn(deathOf(end).how));
  shell.on('connected', () => logOf({ type: 'shell', pid: shell.pid }).info('runs'));
  shell.on('ended', (end) => logOf({ type: 'shell', pid: end.pid }).warn(deathOf(end).how));
  services.on('found', (type, pid) => logOf({ type, pid }).info('runs'));
  ends.on('end', ({ victim: type, name, reason, signal, exitCode }) => {
    const pid = type === 'utility' ? null : services.last(type);
    logOf({ type, ...(name && { id: name }), pid }).warn(`ended: ${reason}, ${signal ?? `code ${exitCode}`}`);
  });
}

function logTab(tab: Tab): void {
  /** Logger of the present process, until its end has been logged. */
  let present: { pid: number; log: ProcessLog } | undefined;
  tab.on('committed', () => {
    const { pid, log } = tab;
    if (pid === null || pid === present?.pid) return;
    // Electron does not report the end of a process that the tab has left.
    present?.log.info(`the tab is now in process ${pid}`);
    log.info('shows a page');
    present = { pid, log };
  });
  tab.on('responsiveness', () => {
    if (tab.connection?.responsive) tab.log.info('answers again');
    else if (tab.connection) tab.log.warn('does not answer');
  });
  tab.on('ended', (end) => {
    tab.logOf(end.pid).warn(deathOf(end).how);
    present = undefined;
  });
  tab.on('failed', () => {
    present?.log.info('the tab has left this process: its page could not be loaded');
    present = undefined;
  });
  tab.on('closed', () => present?.log.info('the tab is closed'));
}
