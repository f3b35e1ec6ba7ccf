import type { Challenge } from 'react-step-up'
import { parseChallenge } from 'react-step-up'
import { junkChallenge, meantHeader, mutated } from './headers.js'
import { watchPrototypes } from './prototypes.js'
import type { Random } from './random.js'
import { createRandom } from './random.js'

type Demand = Pick<Challenge, 'maxAge' | 'acrValues'>

/** A challenge without a demand asks for a proof of this one use. */
const ageOf = ({ maxAge, acrValues }: Demand) => maxAge ?? (acrValues ? Infinity : 0)

/** Whether somebody could meet `read` without meeting what was meant. */
function isWeaker(read: Demand, meant: Demand): boolean {
  if (ageOf(read) > ageOf(meant)) return true
  const wanted = meant.acrValues
  return wanted !== undefined && !(read.acrValues ?? ['']).every((acr) => wanted.includes(acr))
}

const same = (a: Demand | null, b: Demand | null) =>
  a === b ||
  (a !== null && b !== null && a.maxAge === b.maxAge && String(a.acrValues) === String(b.acrValues))

const isSane = ({ maxAge, acrValues }: Demand) =>
  (maxAge === undefined || (Number.isInteger(maxAge) && maxAge >= 0 && maxAge <= 315_360_000)) &&
  (acrValues === undefined ||
    (acrValues.length > 0 && acrValues.every((acr) => /^[!-~]+$/.test(acr))))

/** What is wrong with how one header is read; `null`: nothing. */
function judge(random: Random): string | null {
  const { challenge: meant, header } = meantHeader(random)
  const read = parseChallenge(header)
  if (!same(read, meant))
    return `read ${JSON.stringify(read)}, meant ${JSON.stringify(meant)}: ${header}`
  // Somebody else's challenges beside it change nothing.
  const junk = junkChallenge(random)
  const beside = random.chance(50) ? `${junk}, ${header}` : `${header}, ${junk}`
  if (!same(parseChallenge(beside), meant)) return `changed by ${junk}: ${beside}`
  // A quotation mark too many makes it nobody's, or changes nothing.
  const at = random.below(header.length + 1)
  const torn = parseChallenge(`${header.slice(0, at)}"${header.slice(at)}`)
  if (torn && meant && isWeaker(torn, meant)) return `weaker by a quote at ${String(at)}: ${header}`
  // A demand that comes twice is none.
  const twice = parseChallenge(header.replace(/max_age/i, 'max_age=315360000, $&'))
  if (twice && meant?.maxAge !== undefined && isWeaker(twice, meant))
    return `weaker by a second age: ${header}`
  const wild = parseChallenge(mutated(random, header))
  if (wild && !isSane(wild)) return `insane: ${JSON.stringify(wild)}`
  return null
}

/** Reads `count` headers, each as it is and in four changed forms. */
export function fuzzHeaders(from: number, count: number): { failures: string[]; read: number } {
  const untouched = watchPrototypes()
  const failures: string[] = []
  for (let seed = from; seed < from + count && failures.length < 10; seed++) {
    let wrong: string | null
    try {
      wrong = judge(createRandom(seed))
    } catch (error) {
      wrong = `threw ${String(error)}`
    }
    if (wrong !== null) failures.push(`seed ${String(seed)}: ${wrong}`)
  }
  if (!untouched()) failures.push('A prototype was touched')
  return { failures, read: 5 * count }
}
