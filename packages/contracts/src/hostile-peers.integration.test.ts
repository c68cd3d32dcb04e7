import { describeHostilePeer } from '@bulkhead/rpc/testing';
import { framePlugin } from './frame-plugin.ts';
import { pageHost } from './page-host.ts';
import { shellHost } from './shell-host.ts';
import { tab } from './tab.ts';
import { tabView } from './tab-view.ts';

// Whatever stands at either end of any port here: it neither throws, nor hangs, nor grows, nor changes a prototype.
for (const contract of [shellHost, pageHost, tab, tabView, framePlugin]) describeHostilePeer(contract);
