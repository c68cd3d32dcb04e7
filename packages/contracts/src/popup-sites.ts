import * as v from 'valibot';
import { pageLimits } from './page-limits.ts';
import { bounded } from './primitives.ts';

/** Most sites that are kept, the newest ones. */
export const mostPopupSites = 1000;

/** Origin of a site, serialized as on the web. */
export const popupSite = bounded(pageLimits.originLength);

/** Sites that the user allows to open pop-ups, the newest first. `shown` is for display: names in their own script. */
export const popupSites = v.pipe(
  v.array(v.strictObject({ site: popupSite, shown: popupSite })),
  v.maxLength(mostPopupSites),
);
export type PopupSiteList = v.InferOutput<typeof popupSites>;
