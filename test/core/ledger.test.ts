import { describe, expect, test } from 'vitest'
import type { FakeEnvironment } from 'react-step-up/testing'
import { createFakeEnvironment } from 'react-step-up/testing'
import { defaultLimits } from '../../src/core/context.js'
import { createLedger } from '../../src/core/ledger.js'
import { follow, openTab, settle } from './tab.js'

const NAME = 'react-step-up.runs'
const ledgerOf = (environment: FakeEnvironment) =>
  createLedger({ environment, limits: defaultLimits })

describe('FAULTS 11, 41: the ledger of what has been run', () => {
  test('lets one of all windows run a request, until it is restored', async () => {
    const page = createFakeEnvironment()
    const ledgers = [page, page.openTab(), page.openTab(undefined, true)].map(ledgerOf)
    const taken = () => Promise.all(ledgers.map((ledger) => ledger.consume('a')))
    expect(await taken()).toEqual([true, false, false])
    await ledgers[2]!.restore('a')
    // The first window did not hear of it; what is shared counts.
    expect(await ledgers[1]!.consume('a')).toBe(true)
    expect(await taken()).toEqual([false, false, false])
  })

  test('restores before it lets run again, in the order of asking', async () => {
    const ledger = ledgerOf(createFakeEnvironment())
    expect(await ledger.consume('a')).toBe(true)
    const restored = ledger.restore('a')
    expect(await ledger.consume('a')).toBe(true)
    await restored
  })

  test('forgets what no record can be of any more', async () => {
    const page = createFakeEnvironment()
    await ledgerOf(page).consume('old')
    page.clock.advance(7201)
    await ledgerOf(page).consume('new')
    expect(JSON.parse(page.shared.read(NAME) ?? '')).toEqual({ new: page.clock.now().wall })
  })

  test.each([
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[1, 2]'],
    ['a text', '"a"'],
    ['a prototype', '{"__proto__": {"a": 1}, "constructor": 1}'],
    ['times that are none', '{"a": "now", "b": null}'],
    ['5 MB', JSON.stringify({ a: 'x'.repeat(5_000_000) })],
  ])('FAULTS 18: where somebody has written %s, it begins anew', async (_, text) => {
    const page = createFakeEnvironment()
    page.shared.write(NAME, text)
    const ledger = ledgerOf(page)
    expect(await ledger.consume('a')).toBe(true)
    expect(await ledgerOf(page.openTab()).consume('a')).toBe(false)
    expect(({} as { a?: unknown }).a).toBeUndefined()
  })

  test('FAULTS 20: where nothing can be shared, one page still runs nothing twice', async () => {
    const page = createFakeEnvironment()
    const blocked = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
    Object.assign(page.shared, { read: blocked, write: blocked })
    const ledger = ledgerOf(page)
    expect(await ledger.consume('a')).toBe(true)
    expect(await ledger.consume('a')).toBe(false)
  })

  test('a lock that is never given is an error, and the action is not run', async () => {
    const tab = openTab()
    await tab.travel()
    Object.assign(tab.page, { lock: () => new Promise(() => {}) })
    const outcome = follow(
      new Promise((resolve, reject) =>
        tab.client.onResumed(tab.deleteProject, (got) =>
          'error' in got ? reject(got.error as Error) : resolve(got),
        ),
      ),
    )
    void tab.confirm()
    await settle()
    expect(tab.state.status).toBe('resuming')
    tab.clock.advance(30)
    await settle()
    expect(tab.state).toMatchObject({ status: 'resumed', outcome: 'failed' })
    expect(outcome.status).toBe('network')
    expect(tab.run).not.toHaveBeenCalled()
  })
})
