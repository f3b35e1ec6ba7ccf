import type { Challenge } from 'react-step-up'
import type { Random } from './random.js'

/** What a header means, and one way to write it. */
export interface Meant {
  readonly header: string
  /** `null`: nothing in it can be asked for, so it is a plain 401. */
  readonly challenge: Pick<Challenge, 'maxAge' | 'acrValues'> | null
}

const STEP_UP = 'insufficient_user_authentication'
const TEXT = 'abc XYZ-09 ,;="\\ \t é 漢 \u{1f511}'
const TOKEN = "abcXYZ019!#$%&'*+.^_`|~-"
const INSANE_AGES = ['-1', '1.5', 'abc', '1e20', '', '99999999999', '0x10', '+5', '٣']
const INSANE_ACRS = ['', ' ', '  ', 'mfa\\\\x', 'a"b']

const letters = (random: Random, from: string, most: number): string => {
  const all = Array.from(from)
  return Array.from({ length: 1 + random.below(most) }, () => random.pick(all)).join('')
}
const anyCase = (random: Random, text: string) =>
  Array.from(text, (letter) => (random.chance(30) ? letter.toUpperCase() : letter)).join('')
const space = (random: Random) => random.pick(['', '', ' ', '\t', '  '])
const comma = (random: Random) => random.pick([', ', ',', ' , ', ',,', ', \t,'])

/** A quoted-string of RFC 9110; any character may be escaped. */
const quoted = (random: Random, text: string) =>
  `"${Array.from(text, (letter) => (/["\\]/.test(letter) || random.chance(5) ? `\\${letter}` : letter)).join('')}"`

function value(random: Random, text: string): string {
  const plain = /^[!#$%&'*+.^_`|~\w-]+$/.test(text)
  return plain && random.chance(40) ? text : quoted(random, text)
}

const parameter = (random: Random, name: string, text: string) =>
  `${anyCase(random, name)}${space(random)}=${space(random)}${value(random, text)}`

let names = 0
/** No name comes twice: that would make the challenge void. */
const strange = (random: Random) =>
  parameter(random, `x${String(++names)}-${letters(random, TOKEN, 6)}`, letters(random, TEXT, 12))

/** A challenge of somebody else. */
export function junkChallenge(random: Random): string {
  const scheme = random.pick([
    'Basic',
    'Negotiate',
    'Digest',
    'Bearer',
    'Hawk',
    letters(random, TOKEN, 8),
  ])
  switch (random.below(4)) {
    case 0:
      return scheme
    case 1:
      return `${scheme} ${letters(random, 'abcXYZ019-._~+/', 20)}${random.pick(['', '=', '=='])}`
    case 2:
      return `${scheme} ${parameter(random, 'error', random.pick(['invalid_token', 'insufficient_scope', 'x']))}`
    default:
      return `${scheme} ${parameter(random, 'realm', letters(random, TEXT, 20))}${comma(random)}${strange(random)}`
  }
}

/** One step-up challenge, sound or not. */
function stepUp(random: Random): {
  parts: string[]
  scheme: string
  challenge: Meant['challenge']
} {
  const age = random.weighted({ none: 2, sound: 7, insane: 1 })
  const acr = random.weighted({ none: 5, sound: 4, insane: 1 })
  const maxAge = random.pick([0, 1, 60, 300, 86_400, 315_360_000])
  const acrValues = Array.from({ length: 1 + random.below(3) }, () =>
    random.pick(['mfa', 'urn:mace:incommon:iap:silver', 'phr', '2', 'a,b;c=d']),
  )
  const parts = [parameter(random, 'error', STEP_UP)]
  if (age !== 'none') {
    const text = age === 'sound' ? String(maxAge) : random.pick(INSANE_AGES)
    parts.push(parameter(random, 'max_age', text))
  }
  if (acr === 'sound') {
    parts.push(parameter(random, 'acr_values', acrValues.join(random.pick([' ', '  ']))))
  } else if (acr === 'insane') parts.push(`acr_values="${random.pick(INSANE_ACRS)}"`)
  while (random.chance(30)) parts.push(strange(random))
  if (random.chance(30))
    parts.push(parameter(random, 'error_description', letters(random, TEXT, 30)))
  parts.sort(() => random.below(3) - 1)
  const sane = age !== 'insane' && acr !== 'insane'
  return {
    parts,
    scheme: anyCase(random, random.pick(['bearer', 'dpop'])),
    challenge: sane
      ? { ...(age === 'sound' && { maxAge }), ...(acr === 'sound' && { acrValues }) }
      : null,
  }
}

/** A header out of the grammar, and what it means. */
export function meantHeader(random: Random): Meant {
  const { challenge, parts, scheme } = stepUp(random)
  const written = `${scheme} ${parts.join(comma(random))}`
  const before = Array.from({ length: random.below(3) }, () => junkChallenge(random))
  const after = Array.from({ length: random.below(3) }, () => junkChallenge(random))
  return { header: [...before, written, ...after].join(comma(random)), challenge }
}

/** Any of its parts is changed, doubled, cut or moved. */
export function mutated(random: Random, header: string): string {
  let text = header
  for (let times = 1 + random.below(4); times > 0; times--) {
    const at = random.below(text.length + 1)
    const end = at + random.below(8)
    const byte = String.fromCharCode(random.below(random.chance(90) ? 256 : 65_536))
    switch (random.below(5)) {
      case 0:
        text = text.slice(0, at) + byte + text.slice(at + 1)
        break
      case 1:
        text = text.slice(0, at) + byte + text.slice(at)
        break
      case 2:
        text = text.slice(0, at) + text.slice(end)
        break
      case 3:
        text = text.slice(0, end) + text.slice(at)
        break
      default:
        text =
          text.slice(0, at) +
          random.pick(['__proto__="x"', '"', '\\', ',', 'Bearer', '=']) +
          text.slice(at)
    }
  }
  return text
}
