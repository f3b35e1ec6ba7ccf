import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'

interface Entry {
  readonly payload: AdapterPayload
  readonly expiresAt: number
}

// Enough for a demo, and a ceiling on what a runaway test or tab can make this process hold.
const limit = 1000

/** Everything the provider remembers, for as long as the process lives; one store per provider. */
export function createMemoryAdapter(now: () => number = Date.now): AdapterFactory {
  return () => new MemoryAdapter(now)
}

class MemoryAdapter implements Adapter {
  readonly #entries = new Map<string, Entry>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  upsert(id: string, payload: AdapterPayload, expiresIn = Infinity): Promise<void> {
    // Deleted first: a Map keeps the place of a key it already has, and the oldest are dropped.
    this.#entries.delete(id)
    this.#prune()
    this.#entries.set(id, {
      payload: structuredClone(payload),
      expiresAt: this.#now() + expiresIn * 1000,
    })
    return Promise.resolve()
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(structuredClone(this.#live(id)))
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(structuredClone(this.#first((payload) => payload.uid === uid)))
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(structuredClone(this.#first((payload) => payload.userCode === userCode)))
  }

  consume(id: string): Promise<void> {
    const payload = this.#live(id)
    if (payload) payload.consumed = Math.floor(this.#now() / 1000)
    return Promise.resolve()
  }

  destroy(id: string): Promise<void> {
    this.#entries.delete(id)
    return Promise.resolve()
  }

  revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, { payload }] of this.#entries) {
      if (payload.grantId === grantId) this.#entries.delete(id)
    }
    return Promise.resolve()
  }

  #live(id: string): AdapterPayload | undefined {
    const entry = this.#entries.get(id)
    return entry && entry.expiresAt > this.#now() ? entry.payload : undefined
  }

  #first(matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [id, { payload }] of this.#entries) {
      if (matches(payload) && this.#live(id)) return payload
    }
    return undefined
  }

  #prune(): void {
    for (const [id, { expiresAt }] of this.#entries) {
      if (expiresAt <= this.#now() || this.#entries.size >= limit) this.#entries.delete(id)
    }
  }
}
