/** Endpoints for Electron's browser process. Typed by shape: nothing of Electron is imported. */
export {
  deathOfUtilityProcess,
  mainPortEndpoint,
  type UtilityProcessHandle,
  utilityProcessEndpoint,
} from './endpoints/electron-main.ts';
