import { spawn } from 'node:child_process';

/** Opens an address in the browser of whoever sits at this machine; does nothing where nobody does (no terminal, no desktop). */
export function openInBrowser(address: string): void {
  const command = commandFor(process.platform);
  if (!process.stdout.isTTY || command === null) return;
  const child = spawn(command[0], [...command.slice(1), address], { stdio: 'ignore', detached: true });
  // Without such a program the printed address remains.
  child.on('error', () => undefined);
  child.unref();
}

function commandFor(platform: NodeJS.Platform): readonly [string, ...string[]] | null {
  switch (platform) {
    case 'win32': return ['explorer.exe'];
    case 'darwin': return ['open'];
    default: return process.env['DISPLAY'] === undefined && process.env['WAYLAND_DISPLAY'] === undefined ? null : ['xdg-open'];
  }
}
