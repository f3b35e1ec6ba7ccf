import type { Environment } from './core/environment.js'

const SLOT = 'react-step-up.trip'

/** The page that this runs in; on a server, nothing at all. */
export function browserEnvironment(): Environment {
  return typeof window === 'undefined' ? nowhere : page(window)
}

function page(window: Window & typeof globalThis): Environment {
  const { document, history, location } = window
  return {
    clock: {
      now: () => ({ wall: Date.now() / 1000, mono: performance.now() / 1000 }),
      after(seconds, run) {
        const timer = window.setTimeout(run, seconds * 1000)
        return () => {
          window.clearTimeout(timer)
        }
      },
    },
    // Looked up at each use: with site data blocked the mere look throws.
    storage: {
      read: () => window.sessionStorage.getItem(SLOT),
      write(text) {
        window.sessionStorage.setItem(SLOT, text)
      },
      remove() {
        window.sessionStorage.removeItem(SLOT)
      },
    },
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
    tabs: tabs(window),
    framed: window.parent !== window,
    url: () => new URL(location.href),
    replaceUrl(path) {
      // What a router keeps in the entry's state stays with it.
      try {
        history.replaceState(history.state, '', path)
      } catch {
        // Browsers allow it only so often. The old address is no reason to lose what waits.
      }
    },
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
    random,
    onWake(listener) {
      const onShow = (event: PageTransitionEvent) => {
        listener(event.persisted)
      }
      const onVisible = () => {
        if (document.visibilityState === 'visible') listener(false)
      }
      window.addEventListener('pageshow', onShow)
      document.addEventListener('visibilitychange', onVisible)
      return () => {
        window.removeEventListener('pageshow', onShow)
        document.removeEventListener('visibilitychange', onVisible)
      }
    },
    onLeave(listener) {
      window.addEventListener('beforeunload', listener)
      return () => {
        window.removeEventListener('beforeunload', listener)
      }
    },
  }
}

function random(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replace('=', '')
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

/** Locks and channels are absent in old browsers and on plain http: then each page is by itself. */
function tabs({ navigator, BroadcastChannel }: Window & typeof globalThis): Environment['tabs'] {
  const { locks } = navigator as Partial<Navigator>
  const open = (name: string) => {
    try {
      return new BroadcastChannel(name)
    } catch {
      return null
    }
  }
  return {
    lock: async (run, signal) => (locks ? locks.request(SLOT, { signal }, run) : run()),
    post(name, message) {
      const channel = open(name)
      channel?.postMessage(message)
      channel?.close()
    },
    listen(name, listener) {
      const channel = open(name)
      channel?.addEventListener('message', ({ data }) => listener(data))
      return () => channel?.close()
    },
  }
}

const nothing = () => () => undefined
const nowhere: Environment = {
  clock: { now: () => ({ wall: 0, mono: 0 }), after: nothing },
  storage: { read: () => null, write: () => undefined, remove: () => undefined },
  shared: { names: () => [], read: () => null, write: () => undefined, remove: () => undefined },
  tabs: { lock: (run) => Promise.resolve(run()), post: () => undefined, listen: nothing },
  framed: false,
  url: () => new URL('http://localhost/'),
  replaceUrl: () => undefined,
  scroll: () => [0, 0],
  scrollTo: nothing,
  openWindow: () => null,
  closeWindow: () => undefined,
  random: () => '',
  onWake: nothing,
  onLeave: nothing,
}
