import { expect, test } from 'vitest'
import { openTab, settle } from './tab.js'

test('a passkey server that is silent', async () => {
  const tab = openTab()
  tab.adapter.offered = [{ type: 'passkey', id: 'pk', verify: () => new Promise(() => {}) }]
  await tab.press()
  void tab.client.controls.submit({})
  await settle()
  tab.clock.advance(60)
  await settle()
  console.log('passkey after 60 s', tab.state.status)
})
test('wrong password, then a late stricter caller', async () => {
  const tab = openTab()
  tab.adapter.offered = [tab.adapter.password]
  const first = await tab.press()
  void tab.client.controls.submit({ password: 'wrong' })
  await settle()
  console.log('after wrong', tab.state.status)
  let ran = 0
  const late = tab.client.requireFreshAuth(60)(() => ran++)
  late.catch(() => {})
  await settle()
  console.log('waiting', (tab.state as any).waiting.length, (tab.state as any).requirement)
  tab.clock.advance(5)
  void tab.client.controls.submit({ password: 'correct horse' })
  await settle()
  console.log('late ran', ran, tab.state.status, first.status)
})
test('link used, the session cannot be read', async () => {
  const tab = openTab()
  const trips: any[] = []
  let broken = false
  const get = tab.adapter.getAuthentication.bind(tab.adapter)
  tab.adapter.getAuthentication = () => { if (broken) return Promise.reject(new Error('offline')); return get() }
  tab.adapter.offered = [{ type: 'link', id: 'l', send: (t) => { trips.push(t); return Promise.resolve({ destination: 'x' }) } }]
  const call = await tab.press()
  void tab.client.controls.send()
  await settle()
  broken = true
  tab.adapter.signInAtProvider()
  await tab.openTab(`https://app.test/link?code=a&state=${trips[0].handle}`)
  await settle()
  tab.clock.advance(2)
  await settle()
  const s = tab.state as any
  console.log('link', s.status, s.error?.code, s.error?.message, s.sent, call.status)
})
test('code verified, answer ok, but read fails', async () => {
  const tab = openTab()
  let broken = false
  const get = tab.adapter.getAuthentication.bind(tab.adapter)
  tab.adapter.getAuthentication = () => { if (broken) return Promise.reject(new Error('offline')); return get() }
  let spent = false
  const code: any = { ...tab.adapter.code, async verify(i: any) { if (spent) throw Object.assign(new Error('x'), { name: 'StepUpError', code: 'invalid_credentials' }); spent = true; broken = true; await tab.adapter.code.verify(i) } }
  tab.adapter.offered = [code]
  const call = await tab.press()
  void tab.client.controls.submit({ code: '123456' })
  await settle(); tab.clock.advance(3); await settle()
  console.log('A', tab.state.status, (tab.state as any).error?.code)
  broken = false
  void tab.client.controls.submit({ code: '123456' })
  await settle(); tab.clock.advance(3); await settle()
  console.log('B', tab.state.status, (tab.state as any).error?.code, call.status, tab.client.getFreshness(300))
})
