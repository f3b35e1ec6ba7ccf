import { vi } from 'vitest'
import type { StepUpFetchOptions } from 'react-step-up'
import { createStepUpFetch } from 'react-step-up'
import { challenged, openTab, settle } from './tab.js'

export const API = 'https://api.test'

/** What the API was sent, read at once, as a server would. */
export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: string
}

type Handler = (request: Received, nth: number) => Response | Promise<Response>

/** An API without a network: it answers as told, and remembers what it was sent. */
export async function openApi(options: Parameters<typeof openTab>[0] = {}) {
  const tab = openTab(options)
  tab.offerPassword()
  tab.adapter.age(10)
  await settle()
  const received: Received[] = []
  const api = {
    received,
    answer: (() => Response.json({ ok: true })) as Handler,
    send: vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
      const request = new Request(input, init)
      const { method, url, headers } = request
      const body = request.body ? await request.text() : ''
      const nth = received.push({ method, url, headers, body })
      return api.answer(received[nth - 1]!, nth)
    }),
    /** Challenges until the person has proved it once more. */
    challengeUntilProved(maxAge?: number) {
      const { authTime } = tab.adapter.authentication!
      api.answer = () =>
        tab.adapter.authentication!.authTime === authTime
          ? challenged(maxAge)
          : Response.json({ ok: true })
    },
  }
  const make = (more: StepUpFetchOptions = {}) =>
    createStepUpFetch(tab.client, { fetch: api.send, origins: [API], ...more })
  const prompts = vi.fn()
  tab.client.subscribe(({ type }) => {
    if (type === 'prompted') prompts()
  })
  return {
    tab,
    api,
    make,
    prompts,
    /** The person proves it, a second later. */
    async prove() {
      tab.clock.advance(1)
      await tab.submit()
    },
  }
}

export type Opened = Awaited<ReturnType<typeof openApi>>
