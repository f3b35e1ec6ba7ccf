/** Where the record of a trip waits while the page is away: one slot of text. May throw. */
export interface TripStorage {
  read(): string | null
  write(text: string): void
  remove(): void
}

/** Texts by name that all windows of the origin see. May throw. */
export interface SharedStorage {
  names(): readonly string[]
  read(name: string): string | null
  write(name: string, text: string): void
  remove(name: string): void
}

/** The requests that have been run, for all windows of the origin, whatever process they are in. */
export interface RunStore {
  /** `true` for whoever adds it first; `now` in seconds since the epoch. Rejects where nothing can be shared. */
  add(id: string, now: number): Promise<boolean>
  remove(id: string): Promise<void>
}

/** `local`: a copy of the record lies where other tabs find it, by the `state` that comes back. */
export type RecordStorage = 'session' | 'local'

/** What the names of such copies start with. */
export const COPY = 'react-step-up.trip.'
