// The texts of one language, as a list: functions are called, once for each form they have.
import type { Messages } from 'react-step-up/dialogs'

type Say = (argument: never) => unknown
type FunctionName = {
  [Name in keyof Messages]: Messages[Name] extends Say ? Name : never
}[keyof Messages]

/** `foreign`: a name, a place, an address or a label, in whatever language. `text`: in this one. */
export type Kind = 'count' | 'text' | 'foreign' | 'foreign or null'

/** What each function is called with; a new one does not compile before it stands here. */
export const functions: Readonly<Record<FunctionName, Kind>> = {
  unnamed: 'count',
  stale: 'text',
  digits: 'count',
  willSendCode: 'foreign or null',
  codeSent: 'foreign or null',
  expiresIn: 'text',
  newIn: 'text',
  willSendLink: 'foreign or null',
  linkSent: 'foreign or null',
  tryAgainIn: 'text',
  continueTo: 'foreign',
  waitingFor: 'foreign',
  leaving: 'foreign',
  welcome: 'foreign or null',
  confirmOne: 'foreign',
  // Lists are in this language: their items keep their direction between its words.
  refused: 'text',
  done: 'text',
  failed: 'count',
}

/** One for each form that Arabic has, and that can be: nobody starts nothing. */
export const COUNTS = [1, 2, 5, 12, 100]

const samples: Readonly<Record<Kind, readonly unknown[]>> = {
  count: COUNTS,
  text: ['<text>'],
  foreign: ['<text>'],
  'foreign or null': ['<text>', null],
}

/** Every text by its path, `failures.locked.title` or `failed(2).text`; the language itself is none, nor what joins them. */
export function textsOf(messages: Messages): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  const visit = (path: string, value: unknown): void => {
    if (typeof value === 'string') texts.set(path, value)
    else if (typeof value === 'function') {
      const kind = (functions as Readonly<Record<string, Kind>>)[path]
      if (!kind) throw new Error(`Nobody knows what ${path} is called with.`)
      for (const sample of samples[kind]) {
        const name = typeof sample === 'string' ? 'text' : String(sample)
        visit(`${path}(${name})`, (value as (argument: unknown) => unknown)(sample))
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value)) visit(path ? `${path}.${key}` : key, part)
    } else throw new Error(`${path} is not a text.`)
  }
  const { locale: _, between: __, ...rest } = messages
  visit('', rest)
  return texts
}
