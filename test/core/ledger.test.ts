import { describe, expect, test } from 'vitest'
import type { FakeEnvironment } from 'react-step-up/testing'
import { createFakeEnvironment } from 'react-step-up/testing'
import { defaultLimits } from '../../src/core/context.js'
import { createLedger } from '../../src/core/ledger.js'
import { follow, openTab, settle } from './tab.js'

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

  test('FAULTS 20: where nothing can be shared, one page still runs nothing twice', async () => {
    const page = createFakeEnvironment()
    const blocked = () => Promise.reject(new DOMException('No.', 'SecurityError'))
    Object.assign(page.runs, { add: blocked, remove: blocked })
    const ledger = ledgerOf(page)
    expect(await ledger.consume('a')).toBe(true)
    expect(await ledger.consume('a')).toBe(false)
  })

  test('a store that never answers is an error, and the action is not run', async () => {
    const tab = openTab()
    await tab.travel()
    Object.assign(tab.page.runs, { add: () => new Promise(() => {}) })
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
