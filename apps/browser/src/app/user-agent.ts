/**
 * The user agent of Chrome of this version, reduced as Chrome reduces its own: every site gets the same from every
 * machine of a system. The runtime's own names the application, and sites turn that away.
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
