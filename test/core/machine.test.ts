import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import type { Method, StepUpEvent, StepUpState } from 'react-step-up'
import { StepUpError } from 'react-step-up'
import { step } from '../../src/core/machine.js'

const password: Method = { type: 'password', id: 'password', verify: async () => {} }
const redirect: Method = { type: 'redirect', id: 'provider', start: async () => {} }
const stranger: Method = { type: 'passkey', id: 'stranger', verify: async () => {} }
const error = new StepUpError('network', 'x')
const waiting = [{ label: 'Delete', requirement: { maxAge: 300 }, resumable: true }] as const
const returned = { items: [{ label: 'Delete', kind: 'run' }], returnTo: '/projects' } as const
const prompt = {
  why: 'stale',
  authentication: { issuer: 'i', subject: 's' },
  attempt: 1,
  step: 1,
  requirement: { maxAge: 300 },
  waiting,
  methods: [password, redirect],
} as const

const states: readonly StepUpState[] = [
  { status: 'idle' },
  { status: 'prompting', ...prompt, method: password, sent: null, error: null },
  { status: 'prompting', ...prompt, method: null, sent: {}, error },
  { status: 'verifying', ...prompt, method: password, sent: null },
  { status: 'leaving', ...prompt, method: redirect, popup: false },
  { status: 'returning', items: [], returnTo: '/' },
  { status: 'confirming', ...returned },
  { status: 'resuming', ...returned },
  { status: 'resumed', ...returned, outcome: 'done' },
  { status: 'failed', ...returned, error, retry: true },
]
const events: readonly StepUpEvent[] = [
  { type: 'prompted', prompt },
  { type: 'prompted', prompt: { ...prompt, methods: [] }, error },
  { type: 'joined', waiting },
  { type: 'chosen', method: redirect },
  { type: 'chosen', method: null },
  { type: 'chosen', method: stranger },
  { type: 'sent', sent: { resendIn: 30 }, method: password },
  { type: 'verifying' },
  { type: 'left', method: redirect, popup: false },
  { type: 'rejected', error },
  { type: 'returned' },
  { type: 'proved', returned },
  { type: 'confirmed' },
  { type: 'resumed', outcome: 'failed', error, returned },
  { type: 'failed', error, retry: false },
  { type: 'closed' },
]

// The diagram: which event moves which state where; whatever is not here changes nothing.
const diagram: Readonly<
  Record<StepUpEvent['type'], Partial<Record<StepUpState['status'], string>>>
> = {
  prompted: {
    idle: 'prompting',
    prompting: 'prompting',
    verifying: 'prompting',
    leaving: 'prompting',
  },
  joined: { prompting: 'prompting', verifying: 'verifying', leaving: 'leaving' },
  chosen: { prompting: 'prompting', verifying: 'prompting' },
  sent: { prompting: 'prompting' },
  verifying: { prompting: 'verifying' },
  left: { prompting: 'leaving' },
  rejected: { prompting: 'prompting', verifying: 'prompting', leaving: 'prompting' },
  returned: { idle: 'returning' },
  proved: { returning: 'confirming' },
  confirmed: { confirming: 'resuming' },
  resumed: { resuming: 'resumed', returning: 'resumed' },
  failed: {
    returning: 'failed',
    confirming: 'failed',
    resuming: 'failed',
    resumed: 'failed',
    failed: 'failed',
  },
  closed: {
    prompting: 'idle',
    verifying: 'idle',
    leaving: 'idle',
    returning: 'idle',
    confirming: 'idle',
    resuming: 'idle',
    resumed: 'idle',
    failed: 'idle',
  },
}

test('every event in every state does what the diagram says, or nothing', () => {
  for (const state of states) {
    for (const event of events) {
      const next = step(state, event)
      const expected = diagram[event.type][state.status]
      if (expected === undefined) expect(next).toBe(state)
      else if (next !== state) expect(next.status).toBe(expected)
    }
  }
})

property.prop([fc.array(fc.constantFrom(...events), { maxLength: 40 })])(
  'in any order of events nothing throws, and what a state promises is there',
  (story) => {
    let state: StepUpState = { status: 'idle' }
    for (const event of story) {
      state = step(Object.freeze(state), event)
      if ('waiting' in state) expect(state.waiting.length).toBeGreaterThan(0)
      if ('items' in state) expect(state.returnTo).toMatch(/^\//)
      if (state.status === 'verifying') expect(state.method).not.toBeNull()
    }
  },
)

test('an event of a later version changes nothing', () => {
  for (const state of states) {
    expect(step(state, { type: 'of a later version' } as never)).toBe(state)
  }
})

test('a method that is not offered cannot be chosen', () => {
  const state = states[1]!
  expect(step(state, { type: 'chosen', method: stranger })).toBe(state)
  expect(step(state, { type: 'chosen', method: redirect })).toMatchObject({ method: redirect })
})

test('choosing another method takes away what belonged to the last one', () => {
  const sent = step(states[1]!, { type: 'sent', sent: { resendIn: 30 }, method: password })
  const failed = step(sent, { type: 'rejected', error })
  expect(failed).toMatchObject({ sent: { resendIn: 30 }, error })
  const chosen = step(failed, { type: 'chosen', method: redirect })
  expect(chosen).toMatchObject({ sent: null, error: null })
})

test('a new prompt keeps the method in use where it is still offered', () => {
  const state = step(states[4]!, { type: 'prompted', prompt })
  expect(state).toMatchObject({ status: 'prompting', method: redirect })
  const only = step(state, { type: 'prompted', prompt: { ...prompt, methods: [password] } })
  expect(only).toMatchObject({ method: password })
})

test('while it is not known whose actions came back, none of them is shown', () => {
  expect(step({ status: 'idle' }, { type: 'returned' })).toEqual({
    status: 'returning',
    items: [],
    returnTo: '/',
  })
})
