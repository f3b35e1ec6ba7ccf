import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { StepUpClient } from 'react-step-up'
import { createDrafts, readDraft } from '../../src/core/draft.js'
import { HOUR, MINUTE, openTab, settle } from './tab.js'

beforeAll(() => {
  // Of functions that leave; warn.test.ts has what it says.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})

const KEY = 'project.rename'
const TYPED = { title: 'Apollo 11' }

/** A form on the page: what it shows, and whether it was told of a change. */
function form(client: StepUpClient, secret: readonly string[] = [], key = KEY) {
  const drafts = client.lendDrafts(createDrafts)
  const changed = vi.fn()
  return {
    changed,
    get shows() {
      return drafts.read(key)?.value
    },
    type: (value: unknown = TYPED) => drafts.write(key, value),
    close: drafts.hold(key, secret, changed),
  }
}

type Tab = ReturnType<typeof openTab>
const change = (tab: Tab, changes: Record<string, unknown>) => {
  tab.page.stored = JSON.stringify({ ...tab.record, ...changes })
}

async function leaveWith(value: unknown = TYPED, tab = openTab()) {
  form(tab.client).type(value)
  await tab.press()
  await tab.leave()
  return tab
}

describe('over a trip', () => {
  test('it is there at once, before anything else of the way back has happened', async () => {
    const tab = await leaveWith()
    tab.clock.advance(5)
    tab.adapter.signInAtProvider()
    // The next page, before its first turn.
    const coming = tab.reload(tab.adapter.returnUrl())
    expect(tab.client.getState().status).toBe('idle')
    expect(form(tab.client).shows).toEqual(TYPED)
    await coming
    expect(tab.state.status).toBe('confirming')
    expect(form(tab.client).shows).toEqual(TYPED)
  })

  test('it is kept at the confirmation, through reloads, and gone with the record', async () => {
    const tab = await leaveWith()
    await tab.comeBack()
    await tab.reload()
    expect(form(tab.client).shows).toEqual(TYPED)
    await tab.confirm()
    expect(tab.page.stored).toBeNull()
    expect(form(tab.client).shows).toEqual(TYPED)
    await tab.reload()
    expect(form(tab.client).shows).toBeUndefined()
  })

  test.each([
    'access_denied',
    'server_error',
    'unknown_error',
    'unmet_authentication_requirements',
  ])('FAULTS 15: it is there after %s, also for a form that opens late', async (error) => {
    const tab = await leaveWith()
    await tab.comeBackWith(error)
    expect(tab.state.status).toBe('failed')
    expect(form(tab.client).shows).toEqual(TYPED)
    await tab.cancel()
    expect(form(tab.client).shows).toEqual(TYPED)
  })

  test('Back from the provider, it is there too', async () => {
    const tab = await leaveWith()
    await tab.reload()
    expect(form(tab.client).shows).toEqual(TYPED)
  })

  test('it comes back for a function, which has to be pressed again', async () => {
    const tab = openTab()
    form(tab.client).type()
    void tab.pressClosure(300)
    await settle()
    await tab.leave()
    await tab.comeBack()
    expect(tab.state).toMatchObject({ status: 'confirming', items: [{ kind: 'press_again' }] })
    await tab.confirm()
    await tab.cancel()
    expect(tab.state.status).toBe('idle')
    expect(form(tab.client).shows).toEqual(TYPED)
  })

  test('it goes along on the next trip, untouched and unopened', async () => {
    const tab = await leaveWith()
    await tab.comeBackWith('access_denied')
    await tab.retry()
    await tab.leave()
    expect(tab.record).toMatchObject({ draft: { [KEY]: TYPED } })
    await tab.comeBack()
    expect(form(tab.client).shows).toEqual(TYPED)
  })

  test('nothing typed, nothing is stored', async () => {
    const tab = openTab()
    form(tab.client)
    await tab.press()
    await tab.leave()
    expect(tab.record).not.toHaveProperty('draft')
  })

  test('a page that was not left has its own, whatever became of it since', async () => {
    const tab = await leaveWith()
    tab.page.beginLeaving()
    tab.clock.advance(10)
    await settle()
    expect(tab.record).toMatchObject({ phase: 'cancelled' })
    await tab.reload()
    expect(form(tab.client).shows).toBeUndefined()
  })

  test('but who comes back from a trip that was given up finds it', async () => {
    const tab = await leaveWith()
    tab.page.beginLeaving()
    tab.clock.advance(10)
    await settle()
    await tab.comeBack()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'cancelled' } })
    expect(form(tab.client).shows).toEqual(TYPED)
  })

  test('a link that ends in another tab brings it there', async () => {
    const tab = await leaveWith(TYPED, openTab({ storage: 'local' }))
    tab.adapter.signInAtProvider()
    const other = await tab.openTab(tab.adapter.returnUrl())
    expect(other.state.status).toBe('confirming')
    expect(form(other.client).shows).toEqual(TYPED)
  })

  test('the place is kept too', async () => {
    const tab = openTab()
    tab.page.scrolled = [0, 1200]
    await tab.travel()
    expect(tab.page.scrolled).toEqual([0, 1200])
  })
})

describe('FAULTS 6: somebody else', () => {
  test('who comes back finds nothing of it, in the step in which the page learns of them', async () => {
    const tab = await leaveWith()
    tab.clock.advance(5)
    tab.adapter.signInAtProvider({ subject: 'bob' })
    const coming = tab.reload(tab.adapter.returnUrl())
    const late: unknown[] = []
    const open = form(tab.client)
    tab.client.subscribeAuthentication(() => {
      if (tab.client.getAuthentication()?.subject === 'bob') late.push(open.shows)
    })
    await coming
    expect(late).toEqual([undefined])
    expect(open.changed).toHaveBeenCalled()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'wrong_account' } })
    expect(tab.page.stored).toBeNull()
  })

  test('who is at the confirmation instead, finds nothing either', async () => {
    const tab = await leaveWith()
    await tab.comeBack()
    tab.adapter.authentication = { ...tab.adapter.authentication!, subject: 'bob' }
    await settle()
    expect(form(tab.client).shows).toBeUndefined()
  })

  test('nobody signed in: nobody sees it', async () => {
    const tab = await leaveWith()
    tab.adapter.authentication = null
    await tab.reload()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'signed_out' } })
    expect(form(tab.client).shows).toBeUndefined()
  })

  test('on a page that never left: what the first person typed does not go along with the second', async () => {
    const tab = openTab()
    await settle()
    const open = form(tab.client)
    open.type()
    tab.adapter.authentication = { ...tab.adapter.authentication!, subject: 'bob' }
    await settle()
    expect(open.shows).toBeUndefined()
    await tab.press()
    await tab.leave()
    expect(tab.page.stored).not.toContain('Apollo 11')
  })

  test('FAULTS 17: an old record is shown once it is known that its person is here', async () => {
    const tab = await leaveWith()
    tab.clock.advance(HOUR)
    const coming = tab.reload()
    const open = form(tab.client)
    expect(open.shows).toBeUndefined()
    await coming
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'expired' } })
    expect(open.shows).toEqual(TYPED)
    expect(open.changed).toHaveBeenCalled()
  })

  test('FAULTS 17: and to nobody else', async () => {
    const tab = await leaveWith()
    tab.clock.advance(HOUR)
    tab.adapter.authentication = { ...tab.adapter.authentication!, subject: 'bob' }
    await tab.reload()
    expect(form(tab.client).shows).toBeUndefined()
  })
})

describe('FAULTS 19: what cannot be stored', () => {
  test.each([
    ['a file', { file: new File([], 'a.txt') }, 'draft.project.rename.file'],
    ['a function', { rows: [{ undo: () => 1 }] }, 'draft.project.rename.rows.0.undo'],
    ['half a character', 'a\ud800', 'draft.project.rename'],
    ['too much', { text: 'x'.repeat(131_072) }, 'draft.project.rename'],
  ])('%s: refused before the dialog, and named', async (_, value, path) => {
    const tab = openTab()
    form(tab.client).type(value)
    const call = await tab.press()
    expect(call.status).toBe('not_resumable')
    expect(call.error?.message).toContain(`${path} cannot be kept`)
    expect(tab.state.status).toBe('idle')
    expect(tab.page.stored).toBeNull()
    expect(tab.run).not.toHaveBeenCalled()
    expect(tab.clock.pending).toBe(0)
  })

  test('where it is typed while the dialog is open, nobody leaves', async () => {
    const tab = openTab()
    const open = form(tab.client)
    const call = await tab.press()
    open.type({ file: new File([], 'a.txt') })
    await tab.leave()
    expect(tab.adapter.trips).toHaveLength(0)
    expect(tab.page.stored).toBeNull()
    expect(tab.state).toMatchObject({ status: 'prompting', error: { code: 'not_resumable' } })
    await tab.cancel()
    expect(call.status).toBe('not_resumable')
  })

  test('where people can stay in the page, it is no obstacle', async () => {
    const tab = openTab()
    tab.offerPassword()
    form(tab.client).type({ file: new File([], 'a.txt') })
    const call = await tab.press()
    await tab.submit()
    expect(call.status).toBe('done')
  })

  test('of several, the largest is named', async () => {
    const tab = openTab()
    form(tab.client, [], 'small').type('x'.repeat(50_000))
    form(tab.client, [], 'large').type('x'.repeat(90_000))
    const call = await tab.press()
    expect(call.error?.message).toContain('draft.large cannot be kept')
  })

  test('a secret in it stays behind', async () => {
    const tab = openTab()
    form(tab.client, ['password', 'file']).type({
      ...TYPED,
      password: 'hunter2',
      file: new File([], 'a.txt'),
    })
    await tab.press()
    await tab.leave()
    expect(tab.page.stored).not.toContain('hunter2')
    await tab.comeBack()
    expect(form(tab.client).shows).toEqual(TYPED)
  })
})

describe('FAULTS 18: a record that was tampered with', () => {
  test.each([
    ['no JSON', '{'],
    ['a reserved key', '{"draft":{"a":{"__proto__":{"polluted":true}}}}'],
    ['5 MB', JSON.stringify({ draft: { a: 'x'.repeat(5_000_000) } })],
    ['deep nesting', `{"draft":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`],
    ['a list for a draft', '{"draft":[1],"issuer":"a","subject":"b","expiresAt":9e9}'],
    ['nobody’s name', '{"draft":{"project.rename":1},"expiresAt":9e9}'],
    ['null', 'null'],
  ])('%s: no draft', async (_, stored) => {
    const tab = openTab()
    tab.page.stored = stored
    await tab.reload()
    expect(form(tab.client).shows).toBeUndefined()
    expect({}).not.toHaveProperty('polluted')
  })

  test('one that the flow refuses as a whole takes its draft along', async () => {
    const tab = await leaveWith()
    change(tab, { attempt: 7 })
    await tab.reload()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'not_resumable' } })
    expect(form(tab.client).shows).toBeUndefined()
  })

  test.each([
    ['draft', 'a text'],
    ['draft', null],
    ['scroll', [1]],
    ['scroll', ['0', '0']],
    ['scroll', 5],
  ])('with a %s of %j is no record', async (name, value) => {
    const tab = await leaveWith()
    change(tab, { [name]: value })
    await tab.reload()
    expect(tab.state).toMatchObject({ status: 'failed', error: { code: 'not_resumable' } })
  })

  test('FAULTS 20: storage that throws is no storage', async () => {
    const tab = openTab()
    vi.spyOn(tab.page.storage, 'read').mockImplementation(() => {
      throw new Error('SecurityError')
    })
    expect(form(tab.client).shows).toBeUndefined()
  })
})

describe('as long as its form', () => {
  test('a form that is closed begins anew', async () => {
    const tab = openTab()
    const open = form(tab.client)
    open.type()
    open.close()
    await settle()
    expect(form(tab.client).shows).toBeUndefined()
  })

  test('one of two with the same key goes on', async () => {
    const tab = openTab()
    const [first, second] = [form(tab.client), form(tab.client)]
    first.type()
    expect(second.changed).toHaveBeenCalled()
    first.close()
    await settle()
    expect(second.shows).toEqual(TYPED)
  })

  test('one that an SDK takes off the page on the way out and back loses nothing', async () => {
    const tab = openTab()
    const open = form(tab.client)
    open.type()
    await tab.press()
    open.close()
    await settle()
    expect(form(tab.client).shows).toEqual(TYPED)
    await tab.leave()
    tab.adapter.signInAtProvider()
    const coming = tab.reload(tab.adapter.returnUrl())
    form(tab.client).close()
    await coming
    expect(form(tab.client).shows).toEqual(TYPED)
  })

  test('closed during the confirmation, it is gone when that is over', async () => {
    const tab = await leaveWith()
    await tab.comeBack()
    form(tab.client).close()
    await tab.confirm()
    expect(form(tab.client).shows).toEqual(TYPED)
    form(tab.client).close()
    await tab.cancel()
    expect(form(tab.client).shows).toEqual(TYPED)
  })
})

describe('what a form makes of it', () => {
  const kept = (value: unknown) => ({ value, restored: true })
  const initial = {
    title: '',
    tags: [] as string[],
    owner: { name: '' },
    count: '' as string | number,
  }

  test.each([
    ['none', undefined, initial],
    [
      'of the same shape',
      kept({ ...initial, title: 'a', count: 3 }),
      { ...initial, title: 'a', count: 3 },
    ],
    ['without a field', kept({ title: 'a' }), { ...initial, title: 'a' }],
    ['with an emptied field', kept({ ...initial, owner: null }), { ...initial, owner: null }],
    ['a text for a list', kept({ ...initial, tags: 'a' }), initial],
    ['a list for an object', kept({ ...initial, owner: [] }), initial],
    ['an object for a text', kept({ ...initial, title: {} }), initial],
    ['a text', kept('a'), initial],
    ['typed on this page', { value: 'a', restored: false }, 'a'],
  ])('%s', (_, draft, expected) => {
    expect(readDraft<unknown>(draft, initial)).toEqual(expected)
  })

  test('anything, where it began with nothing', () => {
    expect(readDraft<unknown>(kept([1]), null)).toEqual([1])
  })

  test('a form of one text', () => {
    expect(readDraft(kept('typed'), '')).toBe('typed')
  })
})

test('a page that nothing came back to reads its storage once, and only for a form', async () => {
  const tab = openTab()
  const read = vi.spyOn(tab.page.storage, 'read')
  await settle()
  tab.clock.advance(MINUTE)
  const calls = read.mock.calls.length
  const open = form(tab.client)
  expect([open.shows, open.shows, open.shows]).toEqual([undefined, undefined, undefined])
  expect(read.mock.calls.length - calls).toBe(1)
})
