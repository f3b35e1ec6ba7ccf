import type { Environment } from './core/environment.js'

const SLOT = 'react-step-up.trip'

/** The page that this runs in; on a server, nothing at all. */
export function browserEnvironment(): Environment {
  return typeof window === 'undefined' ? nowhere : page(window)
}

function page(window: Window): Environment {
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
    tabs: oneTab(),
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
    random() {
      const bytes = crypto.getRandomValues(new Uint8Array(32))
      const text = btoa(String.fromCharCode(...bytes))
      return text.replaceAll('+', '-').replaceAll('/', '_').replace('=', '')
    },
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

/** Each handle once, as far as this page goes. */
function oneTab(): Environment['tabs'] {
  const consumed = new Set<string>()
  return {
    consume(handle) {
      const first = !consumed.has(handle)
      consumed.add(handle)
      return Promise.resolve(first)
    },
  }
}

const nothing = () => () => undefined
const nowhere: Environment = {
  clock: { now: () => ({ wall: 0, mono: 0 }), after: nothing },
  storage: { read: () => null, write: () => undefined, remove: () => undefined },
  tabs: { consume: () => Promise.resolve(false) },
  framed: false,
  url: () => new URL('http://localhost/'),
  replaceUrl: () => undefined,
  random: () => '',
  onWake: nothing,
  onLeave: nothing,
}
