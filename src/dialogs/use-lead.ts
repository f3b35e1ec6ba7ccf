import { useEffect, useSyncExternalStore } from 'react'
import type { StepUpClient } from '../core/client.js'
import type { StepUpState } from '../core/machine.js'
import type { Forms } from './form.js'
import { usable } from './form.js'

/** The dialogs of a client that ask, in the order in which they came. */
const asking = new WeakMap<StepUpClient, readonly Forms[]>()
const listeners = new Set<() => void>()

function setAsking(client: StepUpClient, forms: readonly Forms[]): void {
  asking.set(client, forms)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Whether this dialog asks, of several on one page: the first that has a form for the method. */
export function useLead(client: StepUpClient, forms: Forms, state: StepUpState): boolean {
  const all = useSyncExternalStore(subscribe, () => asking.get(client))
  useEffect(() => {
    const others = () => (asking.get(client) ?? []).filter((other) => other !== forms)
    setAsking(client, [...others(), forms])
    return () => setAsking(client, others())
  }, [client, forms])
  if (!('methods' in state) || !all) return true
  const { method, methods } = state
  const first =
    all.find((each) => method && each[method.type]) ??
    all.find((each) => usable(methods, each).length > 0) ??
    all[0]
  return first === forms
}
