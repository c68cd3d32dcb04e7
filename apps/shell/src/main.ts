import '@bulkhead/ui/styles';
import { mount } from 'svelte';
import { connectShell } from './connect-shell.ts';
import Shell from './Shell.svelte';
import { ShellState } from './shell-state.svelte.ts';
import { language } from './strings.ts';

document.documentElement.lang = language;
const shell = new ShellState();
// The port comes once, in a message: listen for it before anything else.
connectShell(shell).catch((error: unknown) => console.error(error));
mount(Shell, { target: document.getElementById('app') as HTMLElement, props: { shell } });
