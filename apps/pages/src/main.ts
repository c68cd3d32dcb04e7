import '@bulkhead/ui/styles';
import './page.css';
import { type Component, mount } from 'svelte';
import { connectPage } from './page-host.ts';
import { type PageProperties, pageOf } from './pages.ts';
import { language } from './strings.ts';

document.documentElement.lang = language;
// The port comes once, in a message: listen for it before the first await.
const host = connectPage();
const { default: Page } = await pageOf(location.hostname)();
// Pages that do not call the browser declare no `host`, and get one anyway.
mount(Page as Component<PageProperties>, { target: document.getElementById('app') as HTMLElement, props: { host } });
