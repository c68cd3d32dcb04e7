import '@bulkhead/ui/styles';
import { mount } from 'svelte';
import Shell from './Shell.svelte';
import { ShellState } from './shell-state.svelte.ts';
import { language } from './strings.ts';

document.documentElement.lang = language;
const shell = new ShellState();
mount(Shell, { target: document.getElementById('app') as HTMLElement, props: { shell } });
