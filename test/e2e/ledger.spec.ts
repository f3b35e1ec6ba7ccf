import type { Page } from '@playwright/test'
import { build } from 'esbuild'
import { root } from '../ensure.mjs'
import { expect, test } from './console.js'

declare global {
  interface Window {
    ledger: { consume(requestId: string): Promise<boolean> }
  }
}

/** The library's own ledger, over the real browser and nothing else. */
async function ledgerScript(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      resolveDir: root,
      contents: `
        import { browserEnvironment } from './src/browser.ts'
        import { restOf } from './src/browser-rest.ts'
        import { defaultLimits } from './src/core/context.ts'
        import { createLedger } from './src/core/ledger.ts'
        const environment = { ...browserEnvironment(), ...restOf(window) }
        window.ledger = createLedger({ environment, limits: defaultLimits })
      `,
    },
    bundle: true,
    format: 'iife',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/** From now on takes each request as soon as it is named on the channel, and says when it has tried. */
const listen = (page: Page) =>
  page.evaluate(() => {
    const said = new BroadcastChannel('tried')
    new BroadcastChannel('take').onmessage = async ({ data: id }: MessageEvent<string>) => {
      const taken = await window.ledger.consume(id).catch(String)
      said.postMessage(taken === true ? id : taken)
    }
  })

/** Names each request to everybody; resolves to how often each was taken. */
const name = (page: Page, requests: readonly string[], listeners: number) =>
  page.evaluate(
    async ([ids, count]) => {
      const take = new BroadcastChannel('take')
      const tried = new BroadcastChannel('tried')
      const times: number[] = []
      for (const id of ids) {
        const answers: unknown[] = []
        const all = new Promise<void>((resolve) => {
          tried.onmessage = ({ data }) => {
            answers.push(data)
            if (answers.length === count) resolve()
          }
        })
        take.postMessage(id)
        await all
        times.push(answers.filter((answer) => answer === id).length)
      }
      return times
    },
    [requests, listeners] as const,
  )

test('FAULTS 11, 41: two windows in processes of their own reach for 60 requests at once: each is taken once', async ({
  acme,
}) => {
  const content = await ledgerScript()
  const windows = [await acme.openBystander(), await acme.openBystander()]
  for (const page of windows) {
    await page.evaluate(content)
    await listen(page)
  }
  const requests = Array.from({ length: 60 }, (_, index) => `request-${String(index)}`)
  const times = await name(await acme.openBystander(), requests, windows.length)
  expect(times).toEqual(requests.map(() => 1))
})
