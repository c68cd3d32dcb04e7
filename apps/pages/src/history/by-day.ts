import type { Visit } from '@bulkhead/contracts';

export interface Day {
  /** Wall clock of the day's newest visit, ms since 1970. */
  at: number;
  visits: Visit[];
}

/** Groups visits by day in local time. Takes and returns the newest first. */
export function byDay(visits: readonly Visit[]): Day[] {
  const days = new Map<string, Day>();
  for (const visit of visits) {
    const key = new Date(visit.at).toDateString();
    const day = days.get(key) ?? { at: visit.at, visits: [] };
    day.visits.push(visit);
    days.set(key, day);
  }
  return [...days.values()];
}
