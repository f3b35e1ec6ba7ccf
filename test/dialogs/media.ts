import { cdp } from 'vitest/browser'

/** Media that no page can set by itself, by Chromium's own devtools; `{}`: as it was. */
export async function emulate(features: Readonly<Record<string, string>>): Promise<void> {
  const session = cdp() as unknown as { send(name: string, params: object): Promise<void> }
  const list = Object.entries(features).map(([name, value]) => ({ name, value }))
  await session.send('Emulation.setEmulatedMedia', { features: list })
}
