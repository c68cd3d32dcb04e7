/** Endpoints for Electron's browser process. Electron is not imported: its types are matched by shape. */
export {
  deathOfUtilityProcess,
  mainPortEndpoint,
  type UtilityProcessHandle,
  utilityProcessEndpoint,
} from './endpoints/electron-main.ts';
