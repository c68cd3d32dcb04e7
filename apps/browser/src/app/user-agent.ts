/**
 * Returns the user agent of Chrome of this version, reduced as Chrome reduces its own: it is the same on every machine
 * of a system. Electron's own contains the application's name, and some sites reject that.
 */
export function chromeUserAgent(chromeVersion: string, platform: NodeJS.Platform): string {
  const system =
    platform === 'win32'
      ? 'Windows NT 10.0; Win64; x64'
      : platform === 'darwin'
        ? 'Macintosh; Intel Mac OS X 10_15_7'
        : 'X11; Linux x86_64';
  const [major = ''] = chromeVersion.split('.');
  return `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
}
