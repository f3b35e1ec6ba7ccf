import type { SetStateAction } from 'react'
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import { createDrafts, readDraft } from '../core/draft.js'
import { useClient } from './step-up-provider.js'

/** Options of `useResumableDraft`. */
export interface ResumableDraftOptions<T> {
  /** Names in the draft that are never stored, as passwords must not be: after a trip they are empty again. */
  readonly secret?: readonly (keyof T & string)[]
}

/**
 * `useState` for what people type: a full-page trip brings it back, in the first render, to the person
 * who typed it and to nobody else. Components with the same key share it; like any state it ends when
 * the last of them unmounts. With server rendering the first render has `initial`, as the server did.
 *
 * Leaving is refused with `not_resumable`, naming the field, where a draft holds what JSON cannot
 * (files, dates, functions) or all drafts are longer than 131,072 characters.
 *
 * @param key the same across releases, and unlike that of any other form on the page
 * @example
 * const [draft, setDraft] = useResumableDraft('project.rename', { title: '' })
 */
export function useResumableDraft<T>(
  key: string,
  initial: T | (() => T),
  { secret = [] }: ResumableDraftOptions<T> = {},
): readonly [T, (next: SetStateAction<T>) => void] {
  const drafts = useClient('useResumableDraft').lendDrafts(createDrafts)
  const [first] = useState(initial)
  const names = JSON.stringify(secret)
  const subscribe = useCallback(
    (listener: () => void) => drafts.hold(key, JSON.parse(names) as string[], listener),
    [drafts, key, names],
  )
  const held = useSyncExternalStore(
    subscribe,
    () => drafts.read(key),
    () => undefined,
  )
  const draft = useMemo(() => readDraft(held, first), [held, first])
  const setDraft = useCallback(
    (next: SetStateAction<T>) => {
      const value = isUpdate(next) ? next(readDraft(drafts.read(key), first)) : next
      drafts.write(key, value)
    },
    [drafts, key, first],
  )
  return [draft, setDraft]
}

const isUpdate = <T>(next: SetStateAction<T>): next is (before: T) => T =>
  typeof next === 'function'
