import type { Action, AnyAction, Definition } from './action.js'
import { definitionOf } from './action.js'
import type { AuthAdapter, Method } from './adapter.js'
import type { Authentication } from './authentication.js'
import type { RequireFreshAuth } from './call.js'
import type { Context, Limits } from './context.js'
import { defaultLimits } from './context.js'
import { defined } from './defined.js'
import type { KeptDrafts, LendDrafts } from './draft.js'
import type { Environment, SplitEnvironment } from './environment.js'
import { StepUpError } from './errors.js'
import type { Flow } from './flow.js'
import { hasRecord, isOurs, kindOf, peekReturn } from './handle.js'
import type { StepUpState } from './machine.js'
import { createNews } from './news.js'
import type { Outcome, RunThrough } from './outcomes.js'
import { createOutcomes } from './outcomes.js'
import type { Policies, RequirementInput } from './requirement.js'
import { toRequirement } from './requirement.js'
import { createRunner } from './run.js'
import type { Freshness } from './session.js'
import { createSession } from './session.js'
import type { RecordStorage } from './storage.js'
import type { StepUpListener } from './store.js'
import { createStore } from './store.js'
import type { SubmitInput } from './verification.js'
import { warnOnce } from './warn.js'

/** What a client is made of. */
export interface StepUpClientOptions {
  readonly adapter: AuthAdapter
  readonly policies?: Policies
  /** Every action that may come back from a trip. */
  readonly actions?: readonly AnyAction[]
  /** Your router's navigation, to put people back where they were. Without it: `history.replaceState`. */
  readonly navigate?: (path: string, options: { replace: true }) => unknown
  /**
   * Where the record of a trip is kept. `local`: a link in a mail may end the trip in another tab, which
   * then takes up what waits; the variables of the action lie in localStorage meanwhile.
   */
  readonly storage?: RecordStorage
  /** Seconds; see `Limits`. */
  readonly limits?: Partial<Limits>
  /** The page around the client; the real one by default. */
  readonly environment?: Environment
}

/** What a dialog needs. Calls that do not fit the state do nothing. */
export interface StepUpControls {
  choose(method: Method | null): void
  send(): Promise<void>
  submit(input: SubmitInput): Promise<void>
  /** Inside the click: leaves the page, or opens a window beside it, where the method has one. */
  leave(where: 'tab' | 'popup'): void
  confirm(): Promise<void>
  retry(): Promise<void>
  cancel(): void
}

/** One app's step-up: made by `createStepUpClient`, started by `StepUpProvider`. */
export interface StepUpClient {
  /** Constant for this page load: the URL is the end of one of our trips. For `skipSigninCallback`, `skipRedirectCallback`. */
  readonly returning: boolean
  readonly controls: StepUpControls
  readonly actions: readonly AnyAction[]
  /** This window only reports to the one that waits for it, and shows nothing of the app. */
  readonly isReporting: () => boolean
  /** What `useResumableDraft` reads and writes; an app without that hook does not load how. */
  readonly lendDrafts: LendDrafts
  /** The same as `useRequireFreshAuth`, outside React. `owner` aborts functions, never actions. */
  requireFreshAuth(requirement?: RequirementInput, owner?: AbortSignal): RequireFreshAuth
  readonly getState: () => StepUpState
  /** The listener gets the event that moved the state. */
  readonly subscribe: (listener: StepUpListener) => () => void
  readonly getAuthentication: () => Authentication | null
  /** Seconds since the last authentication; `null` where that is not known. */
  getAge(): number | null
  readonly subscribeAuthentication: (listener: () => void) => () => void
  getFreshness(requirement: RequirementInput): Freshness
  subscribeFreshness(requirement: RequirementInput, listener: () => void): () => void
  /** Outcomes of an action that was resumed after a trip, each once. */
  onResumed<Variables, Data>(
    action: Action<Variables, Data>,
    handler: (outcome: Outcome<Data>, variables: Variables) => void,
  ): () => void
  /** Runs actions that come back from a trip through `through`, as a cache that shows them. */
  resumeThrough(through: RunThrough): void
  /** Reads the authentication and takes up what came back; returns how to stop. */
  start(): () => void
  /** Somebody is there to ask the person; returns how to leave. */
  attachDialog(): () => void
  /** Loads the part that asks, so that the first who needs it does not wait for the network. */
  preload(): void
  /** The dialog could not be shown: nobody is left waiting for it. */
  dialogFailed(cause: unknown): void
}

/** Joins session, calls and the flow between them. `createStepUpClient` of "." adds the browser to it. */
export function createClient(
  options: Omit<StepUpClientOptions, 'environment'> & {
    readonly environment: Environment | SplitEnvironment
  },
): StepUpClient {
  const { actions = [], adapter, environment, policies = {}, navigate } = options
  const limits = withDefaults(options.limits)
  for (const requirement of Object.values(policies)) toRequirement(requirement)
  const definitions = register(actions, policies)
  const store = createStore()
  const session = createSession(adapter, environment.clock, limits)
  const news = createNews(environment.tabs, session, environment.clock, reread)
  const outcomes = createOutcomes()
  const url = environment.url()
  const answer = peekReturn(adapter, url)
  const returning = isOurs(answer, environment)
  let drafts: KeptDrafts | null = null
  // A frame is never where a trip ends.
  let reporting = kindOf(answer?.state) === 'p' && !environment.framed
  let dialogs = 0
  let started = false
  let flow: Flow | null = null
  let loading: Promise<Flow> | null = null

  const context: Context = {
    adapter,
    environment,
    limits,
    policies,
    definitions,
    session,
    store,
    outcomes,
    lendDrafts: (create) => (drafts ??= create(context)),
    kept: options.storage ?? 'session',
    arrived: { url, answer },
    isReporting: () => reporting,
    reported() {
      reporting = false
    },
    hasDialog: () => dialogs > 0,
    navigator: navigate,
  }
  const runner = createRunner(context, loadFlow)

  /** A chunk that failed to load is asked for again by the next who needs it. */
  function loadFlow(): Promise<Flow> {
    loading ??= Promise.all([
      import('./flow.js'),
      'whole' in environment ? environment.whole() : environment,
    ]).then(
      ([{ createFlow }, whole]) => (flow = createFlow({ ...context, environment: whole }, runner)),
      (cause: unknown) => {
        loading = null
        throw notLoaded(cause)
      },
    )
    return loading
  }

  function reread(): void {
    session.read().catch(() => {
      // Not known: `unmet` tells it, and the next notice asks again.
    })
  }

  /** Only a page that came back, or was left in the middle, has something to take up. */
  function takeUp(): void {
    // A silent renewal loads the whole app in a frame, with another answer: what waits is not its own.
    const silent = environment.framed && answer !== null
    if (!returning && (silent || !hasRecord(environment.storage))) return
    loadFlow().catch((error: unknown) => {
      warnOnce(`What came back waits for a reload. ${String(error)}`)
    })
  }

  return {
    returning,
    actions,
    isReporting: context.isReporting,
    lendDrafts: context.lendDrafts,
    requireFreshAuth: runner.requireFreshAuth,
    getState: store.getState,
    subscribe: store.subscribe,
    getAuthentication: session.authentication,
    getAge: session.age,
    subscribeAuthentication: session.subscribe,
    getFreshness: (input) => session.freshness(toRequirement(input, policies)),
    subscribeFreshness: (input, listener) =>
      session.watch(toRequirement(input, policies), listener),
    onResumed: (action, handler) => outcomes.listen(action.id, handler as never),
    resumeThrough(through) {
      outcomes.through = through
    },
    start() {
      const stops = [
        // A function of its own: adapters may keep their listeners in a set.
        adapter.subscribe(() => {
          reread()
        }),
        environment.onWake(() => {
          session.recheck()
          news.look()
        }),
        news.share(),
      ]
      if (started) reread()
      else void session.ready()
      started = true
      takeUp()
      return () => {
        for (const stop of stops) stop()
      }
    },
    attachDialog() {
      dialogs++
      let attached = true
      return () => {
        if (!attached) return
        attached = false
        if (--dialogs === 0) flow?.dialogLeft()
      }
    },
    preload() {
      loadFlow().catch(() => {
        // Whoever needs it asks again, and is told.
      })
    },
    dialogFailed(cause) {
      flow?.dialogFailed(notLoaded(cause))
    },
    controls: {
      choose: (method) => flow?.controls.choose(method),
      send: async () => flow?.controls.send(),
      submit: async (input) => flow?.controls.submit(input),
      leave: (where) => flow?.controls.leave(where),
      confirm: async () => flow?.controls.confirm(),
      retry: async () => flow?.controls.retry(),
      cancel: () => flow?.controls.cancel(),
    },
  }
}

const notLoaded = (cause: unknown) =>
  new StepUpError('network', 'The confirmation could not be loaded. Try again.', {
    cause,
  })

function withDefaults(given: Partial<Limits> = {}): Limits {
  const limits = { ...defaultLimits, ...defined(given) }
  for (const [name, seconds] of Object.entries(limits)) {
    if (seconds >= 0 && seconds <= 3600) continue
    throw new TypeError(`limits.${name} is ${String(seconds)}. Use 0 to 3600 seconds.`)
  }
  return limits
}

function register(
  actions: readonly AnyAction[],
  policies: Policies,
): ReadonlyMap<string, Definition> {
  const definitions = new Map<string, Definition>()
  for (const action of actions) {
    const definition = definitionOf(action)
    if (!definition) throw new TypeError('`actions` takes what defineAction made.')
    if (definitions.has(action.id)) {
      throw new TypeError(`Two actions are called "${action.id}".`)
    }
    if (typeof definition.requirement === 'string') toRequirement(definition.requirement, policies)
    definitions.set(action.id, definition)
  }
  return definitions
}
