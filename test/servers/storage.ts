/** A tab's storage as one page sees it: a page that is gone writes nothing any more. */
export class PageStorage implements Storage {
  readonly #items: Map<string, string>
  #open = true

  constructor(items: Map<string, string>) {
    this.#items = items
  }

  close(): void {
    this.#open = false
  }

  get length(): number {
    return this.#items.size
  }

  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null
  }

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null
  }

  setItem(key: string, value: string): void {
    if (this.#open) this.#items.set(key, value)
  }

  removeItem(key: string): void {
    if (this.#open) this.#items.delete(key)
  }

  clear(): void {
    if (this.#open) this.#items.clear()
  }
}
