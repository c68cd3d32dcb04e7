import { app } from 'electron';

app.whenReady().then(() => console.log(process.versions.electron));
