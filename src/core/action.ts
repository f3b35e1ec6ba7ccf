import type { RequirementInput } from './requirement.js'
import { toRequirement } from './requirement.js'

/** A schema of any library that speaks https://standardschema.dev, version 1. */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}
type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] }
interface SchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}
type InputOf<S extends StandardSchemaV1> = NonNullable<S['~standard']['types']>['input']
type OutputOf<S extends StandardSchemaV1> = NonNullable<S['~standard']['types']>['output']

/** What a run is told about itself. */
export interface RunContext {
  readonly signal: AbortSignal
  /** Same for every attempt of one request of the person, across the trip: send it as Idempotency-Key. */
  readonly requestId: string
  readonly resumed: boolean
}

declare const result: unique symbol
/** A sensitive action that can wait, and survive a trip to the provider. */
export interface Action<in Variables, out Data> {
  readonly id: string
  readonly mutationKey: readonly ['step-up', string]
  describe(variables: Variables): string
  readonly [result]?: (variables: Variables) => Data
}
/** An action of whatever variables and data. */
export type AnyAction = Action<never, unknown>

interface Options<Variables, Data> {
  id: string
  /** Names of variables that must never be stored; an action that has them cannot leave the page. */
  secret?: readonly (keyof Variables & string)[]
  requirement: RequirementInput | ((variables: Variables) => RequirementInput | null)
  run: (variables: Variables, context: RunContext) => Data | PromiseLike<Data>
  describe: (variables: Variables) => string
  /** After a trip: a visible click first ('confirm', the default), or at once ('auto', only for what is safe to do unasked). */
  resume?: 'confirm' | 'auto'
}

/** What `defineAction` made, as the core sees it. */
export interface Definition extends Omit<Options<unknown, unknown>, 'secret'> {
  readonly secret?: readonly string[]
  readonly schema?: StandardSchemaV1
}

const definitions = new WeakMap<object, Definition>()

/**
 * Names a sensitive action, so that it can be stored, described to the person and resumed after a
 * full-page trip. Register it with `createStepUpClient({ actions: [deleteProject] })`.
 *
 * @throws TypeError where `id`, `run`, `describe` or `requirement` is missing or malformed.
 * @example
 * export const deleteProject = defineAction({
 *   id: 'project.delete',
 *   requirement: 300,
 *   schema: v.object({ id: v.string() }),
 *   run: ({ id }, { signal, requestId }) => api.delete(`/projects/${id}`, { signal, requestId }),
 *   describe: ({ id }) => `Delete project ${id}`,
 * })
 */
export function defineAction<S extends StandardSchemaV1, Data>(
  options: { schema: S } & Options<OutputOf<S>, Data>,
): Action<InputOf<S>, Data>
export function defineAction<Data>(
  options: { schema?: never } & Options<void, Data>,
): Action<void, Data>
export function defineAction(options: object): Action<unknown, unknown> {
  const definition = options as Definition
  const { id, run, describe, requirement } = definition as Partial<Definition>
  if (typeof id !== 'string' || id === '') {
    throw new TypeError('defineAction needs an `id`: a text that stays the same across releases.')
  }
  if (typeof run !== 'function' || typeof describe !== 'function') {
    throw new TypeError(`defineAction("${id}") needs the functions \`run\` and \`describe\`.`)
  }
  // Names of policies are known to the client alone, and checked there.
  if (typeof requirement !== 'function' && typeof requirement !== 'string') {
    toRequirement(requirement as RequirementInput)
  }
  const action: Action<unknown, unknown> = Object.freeze({
    id,
    mutationKey: ['step-up', id] as const,
    describe,
  })
  definitions.set(action, definition)
  return action
}

export const definitionOf = (value: unknown): Definition | undefined =>
  typeof value === 'object' && value !== null ? definitions.get(value) : undefined

/**
 * The variables as the action's schema gives them; synchronous where the schema is.
 *
 * @throws TypeError naming what the schema refused.
 */
export function parseVariables({ id, schema }: Definition, variables: unknown): unknown {
  if (!schema) return undefined
  const read = (outcome: SchemaResult<unknown>): unknown => {
    if (!outcome.issues) return outcome.value
    const problems = outcome.issues.map(describeIssue).join('; ')
    throw new TypeError(`The variables of "${id}" do not fit its schema: ${problems}`)
  }
  const outcome = schema['~standard'].validate(variables)
  return outcome instanceof Promise ? outcome.then(read) : read(outcome)
}

function describeIssue({ message, path = [] }: SchemaIssue): string {
  const keys = path.map((step) => String(typeof step === 'object' ? step.key : step))
  return keys.length > 0 ? `${keys.join('.')}: ${message}` : message
}
