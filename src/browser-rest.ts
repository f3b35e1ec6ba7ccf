import { random, SLOT } from './browser.js'
import { runStore } from './browser-runs.js'
import type { Environment, PageEnvironment } from './core/environment.js'

/** What only asking and coming back need of the page: loaded with them. */
export function restOf(
  window: Window,
): Omit<Environment, Exclude<keyof PageEnvironment, 'shared'>> {
  const { history } = window
  return {
    shared: {
      names: () => Object.keys(window.localStorage),
      read: (name) => window.localStorage.getItem(name),
      write(name, text) {
        window.localStorage.setItem(name, text)
      },
      remove(name) {
        window.localStorage.removeItem(name)
      },
    },
    replaceUrl(path) {
      // What a router keeps in the entry's state stays with it.
      try {
        history.replaceState(history.state, '', path)
      } catch {
        // Browsers allow it only so often. The old address is no reason to lose what waits.
      }
    },
    runs: runStore(window.indexedDB),
    scroll: () => [window.scrollX, window.scrollY],
    scrollTo: (position, path) => scrollTo(window, position, path),
    openWindow(url) {
      // Named, so that an SDK can open it once more; no two alike, so that none is taken over.
      const name = `${SLOT}.${random()}`
      return window.open(url ?? 'about:blank', name, 'popup,width=480,height=720')
    },
    closeWindow() {
      window.close()
    },
    onLeave(listener) {
      window.addEventListener('beforeunload', listener)
      return () => {
        window.removeEventListener('beforeunload', listener)
      }
    },
  }
}

const TOUCHES = ['pointerdown', 'click', 'keydown', 'wheel', 'touchstart']
// About two seconds without anybody else moving the page.
const STEADY = 120

/** Routers and late content move the page after it is back: looked after frame by frame, for as long as nobody else does. */
function scrollTo(
  window: Window,
  [left, top]: readonly [number, number],
  path: string,
): () => void {
  let arrived = false
  let frame = 0
  let steady = 0
  const stop = () => {
    window.cancelAnimationFrame(frame)
    for (const type of TOUCHES) window.removeEventListener(type, stop, true)
  }
  const look = () => {
    const here = window.location.pathname === path
    // Led away again, it is another page.
    const over = (arrived && !here) || steady > STEADY
    arrived ||= here
    const moved = Math.abs(window.scrollX - left) > 1 || Math.abs(window.scrollY - top) > 1
    if (here && moved) window.scrollTo({ left, top, behavior: 'instant' })
    steady = here && !moved ? steady + 1 : 0
    if (over) stop()
    else frame = window.requestAnimationFrame(look)
  }
  for (const type of TOUCHES) window.addEventListener(type, stop, true)
  look()
  return stop
}
