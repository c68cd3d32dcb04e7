import * as v from 'valibot';
import { pageLimits } from './page-limits.ts';
import { bounded } from './primitives.ts';

/** The newest are kept. */
export const mostPopupSites = 1000;

/** Origin of a site, as the web writes it. */
export const popupSite = bounded(pageLimits.originLength);

/** The sites that the user lets open pop-ups, the newest first. `shown` is for eyes: names in their own script. */
export const popupSites = v.pipe(
  v.array(v.strictObject({ site: popupSite, shown: popupSite })),
  v.maxLength(mostPopupSites),
);
export type PopupSiteList = v.InferOutput<typeof popupSites>;
