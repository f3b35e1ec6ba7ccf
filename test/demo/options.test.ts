import { expect, test } from 'vitest'
import { readOptions, UsageError } from '../../demo/options.js'

test('unasked, the demo signs people in at a provider', () => {
  expect(readOptions([], {})).toEqual({ auth: 'oidc', port: 4400 })
  expect(readOptions(['--auth=oidc'], {})).toEqual({ auth: 'oidc', port: 4400 })
})

test('asked, it has a session of its own, on the port that was named', () => {
  expect(readOptions(['--auth=session'], { PORT: '5500' })).toEqual({ auth: 'session', port: 5500 })
  expect(readOptions(['--auth', 'session'], {})).toEqual({ auth: 'session', port: 4400 })
})

test.each(['workos', 'descope'])('asked, it signs people in with %s', (auth) => {
  expect(readOptions([`--auth=${auth}`], {})).toEqual({ auth, port: 4400 })
})

test('asked, it signs people in with SuperTokens', () => {
  expect(readOptions(['--auth=supertokens'], {})).toEqual({ auth: 'supertokens', port: 4400 })
})

test.each([
  [['--auth=clerk'], /no --auth=clerk.*--auth=oidc or --auth=session/],
  [['--auth='], /--auth=oidc or --auth=session/],
  [['--auth'], /--auth=oidc or --auth=session/],
  [['--aut=session'], /'--aut'.*--auth=oidc or --auth=session/],
  [['session'], /'session'.*--auth=oidc or --auth=session/],
])('%j is none of what there is, and the error says what there is', (args, message) => {
  const read = () => readOptions(args, {})
  expect(read).toThrow(UsageError)
  expect(read).toThrow(message)
})

test.each(['0', '65535', '-1', 'http', ''])('PORT=%s is refused', (PORT) => {
  expect(() => readOptions([], { PORT })).toThrow(/is no port that three others can follow/)
})
