/** Endpoints for Electron's browser process. Typed by shape: nothing of Electron is imported. */
export {
  deathOfUtilityProcess,
  type MainPort,
  mainPortEndpoint,
  type UtilityProcessHandle,
  utilityProcessEndpoint,
} from './endpoints/electron-main.ts';
