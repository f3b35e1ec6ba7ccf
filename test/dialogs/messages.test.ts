import { readFileSync } from 'node:fs'
import type { Messages } from 'react-step-up/dialogs'
import { arabic } from 'react-step-up/dialogs/messages/ar'
import { german } from 'react-step-up/dialogs/messages/de'
import { english } from 'react-step-up/dialogs/messages/en'
import { spanish } from 'react-step-up/dialogs/messages/es'
import { french } from 'react-step-up/dialogs/messages/fr'
import { japanese } from 'react-step-up/dialogs/messages/ja'
import { describe, expect, test } from 'vitest'
import { ago, durationOf } from '../../src/dialogs/wording.js'
import { codeBlocks, compileReadme } from '../package/readme-code.js'
import { COUNTS, functions, textsOf, type Kind } from './texts.js'

const languages = { ar: arabic, de: german, es: spanish, fr: french, ja: japanese }
type Language = keyof typeof languages
const each = Object.entries(languages) as [Language, Messages][]

const inEnglish = textsOf(english)
const texts = Object.fromEntries(
  each.map(([language, messages]) => [language, textsOf(messages)]),
) as Record<Language, ReadonlyMap<string, string>>

/** What is the same word in both languages, or has no more than one beside its argument. */
const same: Readonly<Record<Language, readonly string[]>> = {
  ar: [],
  de: ['code', 'confirmOne(text)', 'newIn(text)', 'ok'],
  es: [],
  fr: ['action', 'code', 'ok'],
  ja: ['ok'],
}

/** The marks of each language for the English ones at the end. */
const ends: Readonly<Record<Language, Readonly<Record<string, RegExp>>>> = {
  ar: { '.': /[^.]\.$/, '?': /؟$/, '…': /…$/, ':': /:$/ },
  de: { '.': /[^.]\.$/, '?': /\?$/, '…': /\u00a0…$/, ':': /\S:$/ },
  es: { '.': /[^.]\.$/, '?': /¿.*\?$/, '…': /…$/, ':': /\S:$/ },
  fr: { '.': /[^.]\.$/, '?': /\u202f\?$/, '…': /…$/, ':': /\u202f:$/ },
  ja: { '.': /。$/, '?': /？$/, '…': /…$/, ':': /。$/ },
}

/** What no text of a language has in it. */
const foreign: Readonly<Record<Language, RegExp>> = {
  ar: /[,;?]|[^\p{Script=Arabic}\p{Script=Common}\p{Script=Inherited}]/u,
  de: /[^\p{Script=Latin}\p{Script=Common}]|[“”«»]/u,
  // Each mark at the end has its other half.
  es: /[^\p{Script=Latin}\p{Script=Common}]|^[^¿]*\?|^[^¡]*!/u,
  fr: /[^\p{Script=Latin}\p{Script=Common}]|[^\u202f][?!:;]/u,
  ja: /[.,;:?!()]|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Common}A-Z]/u,
}
/** Names that are written in Latin letters everywhere. */
const NAMES = /Caps Lock|\bOK\b|<text>/g

describe.each(each)('%s', (language, messages) => {
  const own = texts[language]

  test('is a language that times, lists and numbers are known in', () => {
    expect(messages.locale).toBe(language)
    expect(Intl.getCanonicalLocales(messages.locale)).toEqual([language])
    for (const { supportedLocalesOf } of [Intl.RelativeTimeFormat, Intl.ListFormat]) {
      expect(supportedLocalesOf(language)).toEqual([language])
    }
  })

  test('has every text, as deep as it goes, and no other', () => {
    expect([...own.keys()].sort()).toEqual([...inEnglish.keys()].sort())
  })

  test('takes the same arguments, and uses each', () => {
    for (const [name, kind] of Object.entries(functions)) {
      const say = messages[name as keyof typeof functions] as (argument: unknown) => unknown
      expect(say, name).toHaveLength(1)
      expect(usesArgument(say, kind), name).toBe(true)
    }
  })

  test('is translated', () => {
    const untranslated = [...own].filter(([path, text]) => inEnglish.get(path) === text)
    expect(untranslated.map(([path]) => path).sort()).toEqual([...same[language]].sort())
  })

  test('has no text that is empty, unfinished or typed in haste', () => {
    for (const [path, text] of own) {
      expect(text, path).not.toMatch(/^\s|\s$|\s\s|^$/)
      expect(text, path).not.toMatch(/['"`{}[\]$%#]|\.\.|undefined|null|NaN|object|TODO/)
    }
  })

  test('has no letter and no mark of another', () => {
    for (const [path, text] of own) {
      // Not at all, and not in a name that is the same everywhere.
      expect(text.replace(NAMES, 'SMS').replace(/SMS|PIN/g, ''), path).not.toMatch(
        foreign[language],
      )
    }
  })

  test('ends each text as the English one ends', () => {
    for (const [path, text] of own) {
      const end = inEnglish.get(path)?.at(-1) ?? ''
      const mark = ends[language][end]
      if (mark) expect(text, path).toMatch(mark)
      else expect(text, path).not.toMatch(/[.?…:。？؟：]$/)
    }
  })
})

/** A text or a name stands in what is said; a number changes it, and `null` is not said. */
function usesArgument(say: (argument: unknown) => unknown, kind: Kind): boolean {
  const said = (argument: unknown) => JSON.stringify(say(argument))
  if (kind === 'count') return said(1) !== said(5)
  if (!said('<text>').includes('<text>')) return false
  return kind !== 'foreign or null' || !said(null).includes('null')
}

describe('Intl gives the times, and the sentence fits around them', () => {
  const said = (messages: Messages) => {
    const { locale, stale, expiresIn, newIn, tryAgainIn } = messages
    return [
      stale(ago(3 * 3600, locale)).split(/[.。] ?/)[0],
      expiresIn(durationOf(120, locale)),
      newIn(durationOf(30, locale)),
      tryAgainIn(durationOf(600, locale)),
    ]
  }
  test.each<[Language, readonly string[]]>([
    [
      'es',
      [
        'Iniciaste sesión hace 3 horas',
        'Caduca en 2 minutos.',
        'en 30 segundos',
        'Puedes volver a intentarlo en 10 minutos.',
      ],
    ],
    [
      'fr',
      [
        'Dernière connexion\u202f: il y a 3 heures',
        'Il reste valable 2 minutes.',
        'dans 30 secondes',
        'Vous pourrez réessayer dans 10 minutes.',
      ],
    ],
    [
      'de',
      [
        'Sie haben sich vor 3 Stunden angemeldet',
        'Er ist noch 2 Minuten gültig.',
        'in 30 Sekunden',
        'In 10 Minuten können Sie es erneut versuchen.',
      ],
    ],
    [
      'ja',
      [
        '3 時間前にログインしています',
        '有効期限はあと 2 分です。',
        'あと 30 秒',
        '10 分後にもう一度お試しください。',
      ],
    ],
    [
      'ar',
      [
        'لقد سجّلت الدخول قبل 3 ساعات',
        // The nominative: after a preposition it would have to be «دقيقتين», which Intl cannot say.
        'المدة المتبقية لصلاحيته: دقيقتان.',
        'الوقت المتبقي: 30 ثانية',
        'الوقت المتبقي قبل إعادة المحاولة: 10 دقائق.',
      ],
    ],
  ])('%s', (language, expected) => {
    // Where a line may break is for Intl to say.
    expect(said(languages[language]).map((text) => text?.replaceAll('\u00a0', ' '))).toEqual(
      expected,
    )
  })
})

describe('numbers', () => {
  test('one thing is one thing, in every language', () => {
    for (const [language, { unnamed, digits }] of each) {
      expect(unnamed(1), language).not.toMatch(/\d/)
      expect(new Set(COUNTS.map(unnamed)).size, language).toBe(COUNTS.length)
      expect(digits(6), language).toContain('6')
    }
    expect([spanish, french, german].map(({ digits }) => digits(1))).toEqual([
      ...['1 dígito', '1 chiffre', '1 Ziffer'],
    ])
  })

  test('Arabic has a form for none, one, two, few, many and the others', () => {
    expect([0, 1, 2, 6, 11, 100].map((count) => arabic.digits(count))).toEqual([
      ...['0 رقم', 'رقم واحد', 'رقمان', '6 أرقام', '11 رقمًا', '100 رقم'],
    ])
    expect([2, 3, 12, 100].map((count) => arabic.unnamed(count))).toEqual([
      'إجراءان بدأتهما هنا',
      '3 إجراءات بدأتها هنا',
      '12 إجراءً بدأته هنا',
      '100 إجراء بدأته هنا',
    ])
  })
})

test('what comes from elsewhere keeps its direction in Arabic', () => {
  const inside = '\u2068•••• 67\u2069'
  expect(arabic.codeSent('•••• 67')).toContain(inside)
  for (const [name, kind] of Object.entries(functions)) {
    if (kind !== 'foreign' && kind !== 'foreign or null') continue
    const say = arabic[name as keyof typeof functions] as (argument: string) => string
    expect(say('•••• 67'), name).toContain(inside)
  }
})

test('the code of docs/messages.md compiles', () => {
  const markdown = readFileSync(new URL('../../docs/messages.md', import.meta.url), 'utf8')
  expect(codeBlocks(markdown)).toHaveLength(3)
  expect(compileReadme(markdown)).toEqual([])
})
