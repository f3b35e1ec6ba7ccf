// Enough for a demo, and a ceiling on what a runaway test or tab can make this process hold.
const limit = 1000

/** A map that forgets: what is older than `lifetime` milliseconds, and the oldest where it is full. */
export class ExpiringMap<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly expiresAt: number }>()
  readonly #lifetime: number

  constructor(lifetime: number) {
    this.#lifetime = lifetime
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key)
    return entry && entry.expiresAt > Date.now() ? entry.value : undefined
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key)
    for (const [old, { expiresAt }] of this.#entries) {
      if (expiresAt <= Date.now() || this.#entries.size >= limit) this.#entries.delete(old)
    }
    this.#entries.set(key, { value, expiresAt: Date.now() + this.#lifetime })
  }

  /** The value, for the one who asks first. */
  take(key: string): Value | undefined {
    const value = this.get(key)
    this.#entries.delete(key)
    return value
  }
}
