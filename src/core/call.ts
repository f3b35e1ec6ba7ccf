import type { Action, Definition, RunContext } from './action.js'
import { definitionOf, parseVariables } from './action.js'
import type { MaybePromise } from './adapter.js'
import { StepUpError } from './errors.js'
import type { Policies, Requirement, RequirementInput } from './requirement.js'
import { mergeRequirements, toRequirement } from './requirement.js'

/** Options of one call. */
export interface CallOptions {
  /** Gives the call up: it rejects with `aborted` while it waits, and is passed on to a run. */
  signal?: AbortSignal
  /** For sending the same request of the person once more, when the last call of it has ended. */
  requestId?: string
}
type ActionArgs<Variables> = [void] extends [Variables]
  ? [variables?: Variables, options?: CallOptions]
  : [variables: Variables, options?: CallOptions]

/** Lets a call through once the requirement is met. */
export interface RequireFreshAuth {
  (): Promise<void>
  <Variables, Data>(
    action: Action<Variables, Data>,
    ...args: ActionArgs<NoInfer<Variables>>
  ): Promise<Data>
  <Data>(
    run: (context: RunContext) => Data | PromiseLike<Data>,
    options?: CallOptions,
  ): Promise<Data>
}

/** A call, read and checked, before anything is known of its freshness. */
export interface Call {
  readonly definition: Definition | null
  /** As given: what the schema takes in. */
  readonly variables: unknown
  readonly requirement: Requirement | null
  /** What the schema made of them. */
  readonly parsed: unknown
  readonly signal: AbortSignal | undefined
  /** It asks for the proof alone: there is nothing to come back to. */
  readonly isBare: boolean
  run(context: RunContext): unknown
}

/** The target and options of a call. @throws TypeError for anything else, an event above all. */
export function readArguments(args: readonly unknown[]): {
  definition: Definition | null
  run: ((context: RunContext) => unknown) | null
  variables: unknown
  signal: AbortSignal | undefined
  requestId?: string | undefined
} {
  const [target, second, third] = args
  const definition = definitionOf(target) ?? null
  if (!definition && target !== undefined && typeof target !== 'function') {
    const got = isEvent(target) ? 'an event' : `a value of type ${typeof target}`
    throw new TypeError(
      `requireFreshAuth got ${got}. Give it an action or a function: ` +
        'onClick={() => requireFreshAuth(deleteProject, { id })}.',
    )
  }
  const options = (definition ? third : second) as CallOptions | undefined
  return {
    definition,
    run: definition ? null : ((target ?? null) as ((context: RunContext) => unknown) | null),
    variables: definition ? second : undefined,
    signal: options?.signal,
    requestId: options?.requestId,
  }
}

const isEvent = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'type' in value && 'target' in value

export const aborted = (cause: unknown) =>
  new StepUpError('aborted', 'The call was given up before it ran.', { cause })

export const signedOut = () =>
  new StepUpError('signed_out', 'Nobody is signed in, so nobody could confirm this.')

export const wrongAccount = () =>
  new StepUpError('wrong_account', 'Somebody else is signed in now, so nothing was done.')

/** Checks an action's variables and works out its requirement; synchronous where its schema is. */
export function prepareCall(
  args: ReturnType<typeof readArguments>,
  hook: Requirement | null,
  policies: Policies,
): MaybePromise<Call> {
  const { definition, run, variables, signal } = args
  if (!definition) {
    return {
      definition,
      variables,
      requirement: hook,
      parsed: undefined,
      signal,
      isBare: run === null,
      run: run ?? (() => undefined),
    }
  }
  const finish = (parsed: unknown): Call => {
    const own = ownRequirement(definition, parsed, policies)
    return {
      definition,
      variables,
      requirement: merge(definition.id, hook, own),
      parsed,
      signal,
      isBare: false,
      run: (context) => definition.run(parsed, context),
    }
  }
  const parsed = parseVariables(definition, variables)
  return parsed instanceof Promise ? parsed.then(finish) : finish(parsed)
}

function ownRequirement(
  { requirement }: Definition,
  parsed: unknown,
  policies: Policies,
): Requirement | null {
  const input: RequirementInput | null =
    typeof requirement === 'function' ? requirement(parsed) : requirement
  return input === null ? null : toRequirement(input, policies)
}

function merge(id: string, hook: Requirement | null, own: Requirement | null): Requirement | null {
  if (!hook || !own) return hook ?? own
  const merged = mergeRequirements(hook, own)
  if (!merged) {
    throw new TypeError(
      `"${id}" and the hook ask for acrValues without one in common, so nothing could meet both.`,
    )
  }
  return merged
}
