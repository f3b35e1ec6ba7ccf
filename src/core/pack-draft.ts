import type { KeptDrafts } from './draft.js'
import { StepUpError } from './errors.js'
import { isObject, LONGEST, unstorable } from './storable.js'

type Values = Readonly<Record<string, unknown>>

// The other half is for what waits.
const LARGEST = LONGEST / 2

/**
 * What of the drafts goes along on a trip; `undefined` where nothing was typed.
 *
 * @throws StepUpError `not_resumable`, naming what cannot be stored.
 */
export function packDraft(drafts: Pick<KeptDrafts, 'list'>): Values | undefined {
  const list = drafts.list()
  if (list.length === 0) return undefined
  const draft = Object.fromEntries(
    list.map(({ key, value, secret }) => [key, without(value, secret)]),
  )
  const found = unstorable(draft, 'draft')
  if (found !== null) throw refused(found, 'no storage can hold it')
  if (sizeOf(draft) > LARGEST) {
    const [largest] = Object.keys(draft).toSorted((a, b) => sizeOf(draft[b]) - sizeOf(draft[a]))
    throw refused(`draft.${largest ?? ''}`, `it is longer than ${LARGEST} characters`)
  }
  return draft
}

/** Why nobody may leave with these drafts, if so. */
export function lostDraft(drafts: Pick<KeptDrafts, 'list'>): StepUpError | null {
  try {
    packDraft(drafts)
    return null
  } catch (error) {
    return error as StepUpError
  }
}

const sizeOf = (value: unknown): number =>
  (JSON.stringify(value) as string | undefined)?.length ?? 0

function without(value: unknown, secret: ReadonlySet<string>): unknown {
  if (secret.size === 0 || !isObject(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => !secret.has(name)))
}

const refused = (path: string, why: string) =>
  new StepUpError(
    'not_resumable',
    `What was typed here would be lost while you are away: ${path} cannot be kept, because ${why}. ` +
      'Name it in the `secret` of useResumableDraft to go without it, or offer a method that stays in the page.',
  )
