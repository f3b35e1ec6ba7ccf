/** The same numbers for the same seed, on every machine. */
export interface Random {
  /** From 0 to below `limit`, an integer. */
  below(limit: number): number
  /** `true` in so many of a hundred cases. */
  chance(percent: number): boolean
  pick<T>(list: readonly T[]): T
  /** By weights; one of the names. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name
}

/** mulberry32: small, and good enough to choose what happens next. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (limit: number) => next() % limit
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick: (list) => list[below(list.length)]!,
    weighted(weights) {
      const entries = Object.entries<number>(weights)
      let left = below(entries.reduce((sum, [, weight]) => sum + weight, 0))
      for (const [name, weight] of entries) {
        left -= weight
        if (left < 0) return name as never
      }
      throw new Error('No weights')
    },
  }
}

/** Dice that are rolled anew for each step, so that a story can lose one without changing the others. */
export function createDice(): Random & { roll(seed: number): void } {
  let random = createRandom(0)
  return {
    roll(seed) {
      random = createRandom(seed)
    },
    below: (limit) => random.below(limit),
    chance: (percent) => random.chance(percent),
    pick: (list) => random.pick(list),
    weighted: (weights) => random.weighted(weights),
  }
}
