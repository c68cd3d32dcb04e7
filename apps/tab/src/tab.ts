import { ipcRenderer } from "electron"; ipcRenderer.on("port", () => undefined);
