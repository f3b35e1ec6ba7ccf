import type { RequirementInput } from 'react-step-up/server'

const signals = ['device', 'network'] as const
type Signal = (typeof signals)[number]
export const isSignal = (value: unknown): value is Signal => signals.includes(value as Signal)

/**
 * What is unusual about who calls. An API learns it from a cookie that the device lacks, or from an
 * address; here the demo's own switches say so. A proof makes it usual.
 */
export class Risk {
  readonly #unusual = new Set<Signal>()

  note(signal: Signal): void {
    this.#unusual.add(signal)
  }
  settle(): void {
    this.#unusual.clear()
  }
  /** Seconds; the strictest counts. */
  requirement(usual: RequirementInput): RequirementInput {
    if (this.#unusual.has('device')) return 0
    return this.#unusual.has('network') ? 60 : usual
  }
}
