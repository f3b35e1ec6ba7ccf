import type { PageEnvironment, SplitEnvironment } from './core/environment.js'

export const SLOT = 'react-step-up.trip'

/** The page that this runs in; on a server, nothing at all. */
export function browserEnvironment(): SplitEnvironment {
  if (typeof window === 'undefined') return nowhere
  const page = pageOf(window)
  return {
    ...page,
    whole: async () => ({ ...page, ...(await import('./browser-rest.js')).restOf(window) }),
  }
}

function pageOf(window: Window & typeof globalThis): PageEnvironment {
  const { document, location } = window
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
    shared: { read: (name) => window.localStorage.getItem(name) },
    tabs: tabs(window),
    framed: window.parent !== window,
    url: () => new URL(location.href),
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
  }
}

export function random(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replace('=', '')
}

/** Channels are absent in old browsers: then each page is by itself. */
function tabs({ BroadcastChannel }: Window & typeof globalThis): PageEnvironment['tabs'] {
  const open = (name: string) => {
    try {
      return new BroadcastChannel(name)
    } catch {
      return null
    }
  }
  return {
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
const nowhere: SplitEnvironment = {
  clock: { now: () => ({ wall: 0, mono: 0 }), after: nothing },
  storage: { read: () => null, write: nothing, remove: nothing },
  shared: { read: () => null },
  tabs: { post: nothing, listen: nothing },
  framed: false,
  url: () => new URL('http://localhost/'),
  random: () => '',
  onWake: nothing,
  whole: () => Promise.reject(new Error('There is no page here.')),
}
