import { useSyncExternalStore } from 'react'

/** When each was first seen, so that it goes on wherever it is shown next. */
const firsts = new WeakMap<object, { wall: number; mono: number; passed: number }>()

/** Seconds since `told` was first seen; a clock that is set back takes none of them away. */
function passedSince(told: object): number {
  const wall = Date.now()
  const mono = performance.now()
  const first = firsts.get(told) ?? { wall, mono, passed: 0 }
  // While the machine sleeps only the wall clock goes on.
  first.passed = Math.max(first.passed, wall - first.wall, mono - first.mono)
  firsts.set(told, first)
  return first.passed / 1000
}

/** Whole seconds left of `seconds`, counted from when `told` was first seen. */
export function useCountdown(told: object | null, seconds = 0): number {
  const left = () => (told ? Math.max(0, Math.ceil(seconds - passedSince(told))) : 0)
  return useSyncExternalStore(told && seconds > 0 ? everySecond : never, left, () => 0)
}

function everySecond(onTick: () => void): () => void {
  const timer = setInterval(onTick, 1000)
  return () => clearInterval(timer)
}

const never = () => () => {}
