import { afterEach, beforeEach, expect, test } from 'vitest'
import { browserEnvironment } from '../../src/browser.js'

const environment = await browserEnvironment().whole()
const here = location.href
let stop: () => void = () => {}
let content: HTMLElement

beforeEach(() => {
  content = document.createElement('div')
  document.body.append(content)
  window.scrollTo(0, 0)
})
afterEach(() => {
  stop()
  content.remove()
  history.replaceState(null, '', here)
})

const grow = () => (content.style.height = '5000px')
const scrolledTo = (top: number) => expect.poll(() => environment.scroll()).toEqual([0, top])
const frames = async (count: number) => {
  for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame)
}

test('a page is scrolled once it is long enough, and again where a router resets it', async () => {
  stop = environment.scrollTo([0, 700], location.pathname)
  await frames(2)
  expect(environment.scroll()).toEqual([0, 0])
  grow()
  await scrolledTo(700)
  window.scrollTo(0, 0)
  await scrolledTo(700)
})

test.each(['wheel', 'pointerdown', 'click', 'keydown', 'touchstart'])(
  'from the first %s on it is the person’s own',
  async (type) => {
    grow()
    stop = environment.scrollTo([0, 700], location.pathname)
    await scrolledTo(700)
    document.body.dispatchEvent(new Event(type, { bubbles: true }))
    window.scrollTo(0, 100)
    await frames(3)
    expect(environment.scroll()).toEqual([0, 100])
  },
)

test('it waits for the path, and ends when the page is led away from it', async () => {
  grow()
  stop = environment.scrollTo([0, 700], '/projects')
  await frames(2)
  expect(environment.scroll()).toEqual([0, 0])
  history.replaceState(null, '', '/projects?tab=1#top')
  await scrolledTo(700)
  history.replaceState(null, '', '/elsewhere')
  window.scrollTo(0, 0)
  await frames(3)
  history.replaceState(null, '', '/projects')
  await frames(3)
  expect(environment.scroll()).toEqual([0, 0])
})

test('it lets go by itself, and when it is told to', async () => {
  grow()
  stop = environment.scrollTo([0, 700], location.pathname)
  await scrolledTo(700)
  await frames(130)
  window.scrollTo(0, 100)
  await frames(3)
  expect(environment.scroll()).toEqual([0, 100])
  environment.scrollTo([0, 700], location.pathname)()
  window.scrollTo(0, 100)
  await frames(3)
  expect(environment.scroll()).toEqual([0, 100])
})
