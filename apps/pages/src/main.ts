import '@bulkhead/ui/styles';
import './page.css';
import { type Component, mount } from 'svelte';
import { connectPage } from './page-host.ts';
import { type PageProperties, pageOf } from './pages.ts';
import { language } from './strings.ts';

document.documentElement.lang = language;
// Before anything is awaited: the port comes once, in a message.
const host = connectPage();
const { default: Page } = await pageOf(location.hostname)();
// A page that asks the browser nothing takes no host, and is given none the less.
mount(Page as Component<PageProperties>, { target: document.getElementById('app') as HTMLElement, props: { host } });
