import { describe, expect, test, vi } from 'vitest'
import { readStream } from '../../src/core/fetch-read.js'

const bytes = (text: string) => new TextEncoder().encode(text)
type Controller = ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>
const never = new AbortController().signal

describe('a stream is read', () => {
  test('whole, up to its limit', async () => {
    const { body } = new Response('abc')
    expect(await (await readStream(body!, 3, never))?.text()).toBe('abc')
  })

  test('not at all beyond its limit', async () => {
    const cancel = vi.fn()
    const pull = (controller: Controller) => controller.enqueue(bytes('ab'))
    expect(
      await readStream(new ReadableStream<Uint8Array<ArrayBuffer>>({ pull, cancel }), 3, never),
    ).toBeNull()
    expect(cancel).toHaveBeenCalledOnce()
  })

  test('not in part: what was cut off is nothing', async () => {
    const cancel = vi.fn()
    const start = (controller: Controller) => controller.enqueue(bytes('ab'))
    const controller = new AbortController()
    const reading = readStream(
      new ReadableStream<Uint8Array<ArrayBuffer>>({ start, cancel }),
      3,
      controller.signal,
    )
    await new Promise((resolve) => setImmediate(resolve))
    controller.abort()
    expect(await reading).toBeNull()
    expect(cancel).toHaveBeenCalledOnce()
    expect(await readStream(new Response('a').body!, 3, controller.signal)).toBeNull()
  })

  test('not begun once it is given up', async () => {
    const cancel = vi.fn()
    const live = new ReadableStream<Uint8Array<ArrayBuffer>>({ cancel })
    expect(await readStream(live, 3, AbortSignal.abort())).toBeNull()
    expect(cancel).toHaveBeenCalledOnce()
  })
})
