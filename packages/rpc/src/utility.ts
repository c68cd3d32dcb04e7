/** Endpoints for an Electron utility process. Ports that arrive in messages are MessagePortMain here too. */
export { mainPortEndpoint } from './endpoints/electron-main.ts';
export { type ParentPort, parentPortEndpoint } from './endpoints/parent-port.ts';
