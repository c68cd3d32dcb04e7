import '@bulkhead/ui/styles';
import { mount, unmount } from 'svelte';
import { followAddress } from '../frame.ts';
import Components from './Components.svelte';
import type { UiFixture } from './fixtures.ts';

const target = document.getElementById('app') as HTMLElement;
document.documentElement.lang = document.documentElement.dataset.language ?? 'en';
let shown: ReturnType<typeof mount> | undefined;
followAddress(async (name) => {
  if (shown) await unmount(shown);
  shown = mount(Components, { target, props: { fixture: name as UiFixture } });
});
