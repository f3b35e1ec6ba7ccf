import { describe, expect, test } from 'vitest'
import type { Method } from 'react-step-up'
import { openTab, settle } from './tab.js'

/** A person with three methods, whose adapter may know which of them is best. */
async function openWithMethods(unordered?: boolean) {
  const tab = openTab()
  const { code, passkey, password } = tab.adapter
  tab.adapter.offered = [password, code, passkey]
  if (unordered !== undefined) Object.assign(tab.adapter, { unordered })
  const offered = () => ('methods' in tab.state ? tab.state.methods.map(({ id }) => id) : [])
  const use = async (method: Method) => {
    const call = await tab.press()
    tab.client.controls.choose(method)
    void tab.client.controls.submit({ code: '123456', password: 'correct horse' })
    await settle()
    expect(call.status).toBe('done')
    tab.adapter.age(3600)
    await settle()
  }
  return { ...tab, tab, offered, use, code, passkey }
}

describe('the order of the methods', () => {
  test('is the adapter’s, whatever was used last', async () => {
    const { tab, offered, use, passkey } = await openWithMethods()
    await use(passkey)
    await tab.press()
    expect(offered()).toEqual(['password', 'code', 'passkey'])
    expect(tab.page.shared.names()).toEqual([])
  })

  test('begins with the one used last, where the adapter has no view', async () => {
    const { tab, offered, use, code, passkey } = await openWithMethods(true)
    await use(passkey)
    await tab.press()
    expect(offered()).toEqual(['passkey', 'password', 'code'])
    expect(tab.state).toMatchObject({ method: { id: 'passkey' } })
    await tab.cancel()
    await use(code)
    await tab.press()
    expect(offered()).toEqual(['code', 'password', 'passkey'])
  })

  test('is the adapter’s again, once it knows better', async () => {
    const { tab, offered, use, passkey } = await openWithMethods(true)
    await use(passkey)
    Object.assign(tab.adapter, { unordered: false })
    await tab.press()
    expect(offered()).toEqual(['password', 'code', 'passkey'])
  })

  test('is known in the next tab too', async () => {
    const { tab, use, passkey } = await openWithMethods(true)
    await use(passkey)
    const other = await tab.openTab()
    void other.client.requireFreshAuth(300)(tab.deleteProject, { id: 'apollo' })
    await settle()
    expect(other.state).toMatchObject({ method: { id: 'passkey' } })
  })

  test('stays as it is where nothing can be stored, or something strange is', async () => {
    const { tab, offered, use, passkey } = await openWithMethods(true)
    const refuse = () => {
      throw new DOMException('No.', 'SecurityError')
    }
    Object.assign(tab.page.shared, { write: refuse, read: () => '{"__proto__":1}' })
    await use(passkey)
    await tab.press()
    expect(offered()).toEqual(['password', 'code', 'passkey'])
    await tab.cancel()
    Object.assign(tab.page.shared, { read: refuse })
    await tab.press()
    expect(offered()).toEqual(['password', 'code', 'passkey'])
  })
})
