import { describe, expect, test, vi } from 'vitest'
import type { Reply } from 'react-step-up'
import { openApi } from './fetch-api.js'
import { settle } from './tab.js'

const JSON_TYPE = { 'Content-Type': 'application/json' }
const VENDOR = { 'X-Vendor': 'stale' }
const byHeader = ({ headers }: Reply) =>
  headers.get('X-Vendor') === 'stale' ? { maxAge: 120 } : null
const thrown = (response: object) => Object.assign(new Error('refused'), { response })

/** An action that is refused, once, in its client's own way; the page thinks the person fresh. */
async function openRefused(refuse: () => unknown) {
  let refused = false
  const opened = await openApi({
    async run() {
      if (refused) return 'done'
      refused = true
      throw await refuse()
    },
  })
  const read = vi.fn<(reply: Reply) => { maxAge: number } | null>(byHeader)
  opened.tab.adapter.readChallenge = read
  return { ...opened, read }
}

describe('a vendor’s challenge is read', () => {
  test.each([
    [
      'beside a body that nobody has sent, as axios has it',
      () => thrown({ status: 403, headers: new Headers({ ...JSON_TYPE, ...VENDOR }), data: null }),
    ],
    [
      'beside a body that somebody has read, as ky has it',
      async () => {
        const response = Response.json({}, { status: 403, headers: VENDOR })
        await response.text()
        return thrown(response)
      },
    ],
    [
      'beside a body that is no JSON',
      () => thrown(new Response('{', { status: 403, headers: { ...JSON_TYPE, ...VENDOR } })),
    ],
  ])('%s', async (_, refuse) => {
    const { read, tab } = await openRefused(refuse)
    await tab.press()
    expect(tab.state).toMatchObject({ status: 'prompting', requirement: { maxAge: 120 } })
    expect(read).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ body: null }))
  })

  test('in the JSON that ofetch has parsed', async () => {
    const { read, tab } = await openRefused(async () => {
      const response = Response.json({ claim: 'stale' }, { status: 403 })
      return thrown(Object.assign(response, { _data: (await response.json()) as unknown }))
    })
    read.mockImplementation(({ body }) =>
      (body as { claim?: string } | null)?.claim === 'stale' ? { maxAge: 120 } : null,
    )
    await tab.press()
    expect(tab.state).toMatchObject({ status: 'prompting', requirement: { maxAge: 120 } })
  })
})

test('a text that looks like the mirror of a challenge is none', async () => {
  const mirror = '{"error":"insufficient_user_authentication"}'
  const { tab } = await openRefused(() => thrown(new Response(mirror, { status: 401 })))
  const call = await tab.press()
  expect(call.error?.message).toBe('refused')
  expect(tab.state.status).toBe('idle')
})

describe('a challenge that demands a level', () => {
  const demand = (more: object) => () =>
    thrown({
      status: 401,
      headers: new Headers(),
      data: { error: 'insufficient_user_authentication', acr_values: 'mfa', ...more },
    })

  test('and an age: the level may come without a newer sign-in', async () => {
    const { tab } = await openRefused(demand({ max_age: 300 }))
    const verify = async () => {
      tab.adapter.authentication = { ...tab.adapter.authentication!, acr: 'mfa' }
    }
    tab.adapter.offered = [{ ...tab.adapter.password, verify }]
    const call = await tab.press()
    expect(tab.state).toMatchObject({ status: 'prompting', why: 'challenged' })
    await tab.submit()
    expect(call).toMatchObject({ status: 'done', value: 'done' })
  })

  test('which the person has: nobody is asked, and it is sent again', async () => {
    const { prompts, tab } = await openRefused(demand({}))
    tab.adapter.authentication = { ...tab.adapter.authentication!, acr: 'mfa' }
    await settle()
    const call = await tab.press()
    expect(call).toMatchObject({ status: 'done', value: 'done' })
    expect(prompts).not.toHaveBeenCalled()
  })
})
