import path from 'node:path';
import { type EndSignal, pageHost } from '@bulkhead/contracts';
import { serve } from '@bulkhead/rpc';
import type { Handlers } from '@bulkhead/rpc/contract';
import { mainPortEndpoint } from '@bulkhead/rpc/electron-main';
import { app, MessageChannelMain, shell, type WebFrameMain } from 'electron';
import type { DrillTarget } from '../drill/drill-target.ts';
import { MatrixHost } from '../drill/matrix-host.ts';
import { offers } from '../faults/catalogue.ts';
import { type LabHandlers, labHost } from '../lab/lab-host.ts';
import { programAround } from '../lab/lab-program.ts';
import { log } from '../log/log.ts';
import { addressOf, meaningOf } from '../omnibox/meaning-of.ts';
import type { PopupSites } from '../opening/popup-sites.ts';
import { readFuses } from '../runtime/fuses.ts';
import { runtimeVersions } from '../runtime/runtime-versions.ts';
import type { ProfileTroubles } from '../storage/files/profile-troubles.ts';
import type { History } from '../storage/history/history.ts';
import type { LogFile } from '../storage/log/log-file.ts';
import type { Settings } from '../storage/settings/settings.ts';
import { defaultMemoryLimitKiB } from '../supervision/memory/memory-limit.ts';
import { isInternal } from '../tabs/navigation-policy.ts';
import type { Tab } from '../tabs/tab.ts';
import { followState, sampleEvery } from '../timing/streams.ts';
import { frameStreams } from './frames-report.ts';
import { portStreams } from './ports-report.ts';

/** Time between two samples of the process list while a page shows it, ms. */
const samplePeriodMs = 1000;

/** Parts for the internal pages. The fault matrix runs on the same parts. */
interface PageHostParts extends DrillTarget {
  history: History;
  settings: Settings;
  popupSites: PopupSites;
  troubles: ProfileTroubles;
  logFile: LogFile;
  /** The script that lesson processes run, absolute path. */
  lessonHost: string;
}

/** Gives every document of an internal page its port. No other document gets one. */
export class PageHosts {
  readonly #browser: PageHostParts;
  readonly #matrix: MatrixHost;

  constructor(browser: PageHostParts) {
    this.#browser = browser;
    this.#matrix = new MatrixHost(browser, path.join(app.getPath('userData'), 'isolation'), browser.troubles);
    browser.strip.on('added', (tab) => {
      let close = () => {};
      tab.on('connected', (frame) => {
        close();
        close = isInternal(frame.url) ? this.#serve(tab, frame) : () => {};
      });
      tab.on('ended', () => close());
      tab.on('closed', () => close());
    });
  }

  #serve(tab: Tab, frame: WebFrameMain): () => void {
    const { port1, port2 } = new MessageChannelMain();
    const { lessonHost, sampler, strip } = this.#browser;
    const lab = labHost(lessonHost, programAround(sampler, strip, tab));
    const handlers = { ...this.#handlers(tab), ...lab.handlers };
    const served = serve(pageHost, mainPortEndpoint(port1), handlers, {
      peer: { name: `page of tab ${tab.id}`, ...(tab.pid !== null && { pid: tab.pid }) },
      // The tab's own connection has a heartbeat.
      heartbeat: false,
    });
    // Send the port to this frame only. To Electron a later document of another site is another frame and gets nothing.
    frame.postMessage('bulkhead-port', null, [port2]);
    // This also runs when the page's process has ended, or when another document has replaced this one.
    void served.closed.then(lab.close);
    return () => served.close();
  }

  #handlers(tab: Tab): Omit<Handlers<typeof pageHost>, keyof LabHandlers> {
    const { strip, plugin, sampler, faults, crashReports, logFile, settings, history, popupSites } = this.#browser;
    const matrix = this.#matrix;
    return {
      runtime: runtimeVersions,
      fuses: () => readFuses(process.execPath),
      endProcess: (pid, signal) => this.#endProcess(pid, signal),
      activateTab: (id) => {
        const other = strip.find(id);
        if (other) strip.activate(other);
        return other !== undefined;
      },
      restartPlugin: (name) => {
        if (name === plugin.name) plugin.restart();
      },
      openTab: async (typed) => {
        const address = addressOf(await meaningOf(typed));
        if (address !== undefined) strip.open(address, { behind: tab });
      },
      faults: offers,
      breakVictim: (fault, tab) => faults.cause(fault, tab === null ? undefined : strip.find(tab)),
      startMatrix: (chosen) => matrix.start(chosen),
      stopMatrix: () => matrix.stop(),
      matrixRuns: () => matrix.files.list(),
      matrixRun: (id) => matrix.files.load(id),
      exportMatrixRun: (id, format) => matrix.export(id, format),
      deleteMatrixRun: (id) => matrix.files.delete(id),
      matrix: followState(matrix, () => matrix.current),
      exportCrashReports: () => crashReports.export(),
      deleteCrashReports: (id) => crashReports.delete(id),
      crashReports: followState(crashReports, () => crashReports.list()),
      showLogFile: () => shell.showItemInFolder(logFile.path),
      log: followState(logFile, () => logFile.read()),
      history: (query) => history.find(query),
      deleteVisits: (id) => history.delete(id),
      changeSettings: (chosen) => settings.change(chosen),
      settings: followState(settings, () => ({ ...settings.state(), defaultMemoryLimitKiB: defaultMemoryLimitKiB() })),
      forgetPopupSite: (site) => popupSites.forget(site),
      popupSites: followState(popupSites, () => popupSites.list()),
      ...frameStreams(this.#browser),
      ...portStreams(plugin),
      processes: sampleEvery(samplePeriodMs, () => sampler.sample()),
    };
  }

  async #endProcess(pid: number, signal: EndSignal) {
    if (!(await this.#browser.sampler.owns(pid))) return { ok: false, reason: 'not-ours' } as const;
    log.info(`the user sends ${signal} to process ${pid}`);
    try {
      process.kill(pid, signal);
      return { ok: true } as const;
    } catch (error) {
      const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
      return { ok: false, reason: gone ? 'gone' : 'refused' } as const;
    }
  }
}
